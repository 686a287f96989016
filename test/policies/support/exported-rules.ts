import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const load = createRequire(__filename);

/** Ids of the rules that the files of `folder` export, sorted; a file that hands on another's rules does not count. */
export function exportedRuleIds(folder: string): string[] {
  const rules = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => Object.values(load(join(folder, file)) as Record<string, unknown>))
    .filter(isRule);
  return [...new Set(rules)].map(({ id }) => id).sort();
}

function isRule(value: unknown): value is { readonly id: string } {
  return typeof value === "object" && value !== null && "id" in value && "remedy" in value;
}
