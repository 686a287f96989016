import type { colour } from "../terminal/colour";
import { table } from "../terminal/table";
import type { Finding } from "./account";
import type { QuotaNeed } from "./quota-needs";

/** The quotas to request, where no account can be asked. */
export function quotaTable(stack: string, needs: readonly QuotaNeed[]): string[] {
  const rows = needs.map(({ service, quota, start, full, why }) => [
    service,
    quota,
    String(start),
    String(full),
    why,
  ]);
  return [
    `Quotas that ${stack} needs (of no account: npm run preflight, signed in and without --offline, compares with its own)`,
    "",
    ...table(
      [
        { title: "service" },
        { title: "quota" },
        { title: "to start", align: "right" },
        { title: "at most", align: "right" },
        { title: "for" },
      ],
      rows,
    ),
    "",
  ];
}

const ORDER = ["stop", "later", "ok"];

/** What stops a deployment comes first. */
export function findingLines(findings: readonly Finding[], paint: ReturnType<typeof colour>): string[] {
  const styles = { ok: paint.green, later: paint.yellow, stop: paint.red };
  return [...findings]
    .sort((one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level))
    .map(({ level, what, detail }) => `${styles[level](level.padEnd(5))}  ${what}: ${detail}`);
}
