import { markdown } from "./markdown";
import { defaultLevel, isStackRule, type Rule } from "./rule";

/** Ids of the rules of one other collection that apply to the resource types of the pack. */
export interface ControlCollection {
  readonly name: string;
  /** Version or date that the ids were read from. */
  readonly snapshot: string;
  readonly ids: readonly string[];
  /** Ids about services beside the platform's that rules here cover as well; the collection has more, so they do not count. */
  readonly beyond?: readonly string[];
  /** Why the pack has no rule for an id. */
  readonly reasons?: Readonly<Record<string, string>>;
}

/** The README's table of rules, in the order of the pack. */
export function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => [
    `\`${rule.id}\``,
    rule.severity,
    defaultLevel(rule),
    rule.title,
    typesOf(rule),
    rule.controls.join(", ") || "–",
    isStackRule(rule) ? "stack" : rule.remediate ? "resource, remediable" : "resource",
  ]);
  return markdown(["Rule", "Severity", "Level", "What holds", "Resource types", "Covers", "Kind"], rows);
}

/** The README's table of options. */
export function optionTable(rules: readonly Rule[]): string {
  const rows = rules.flatMap((rule) =>
    Object.entries(rule.options ?? {}).map(([name, option]) => [
      `\`${rule.id}\``,
      `\`${name}\``,
      option.type,
      `\`${JSON.stringify(option.default)}\``,
      option.description,
    ]),
  );
  return markdown(["Rule", "Option", "Type", "Default", "Meaning"], rows);
}

/** The README's count per collection: how many of its applicable rules this pack covers, and which it does not. */
export function coverageTable(collections: readonly ControlCollection[], rules: readonly Rule[]): string {
  const covered = new Set(rules.flatMap((rule) => rule.controls));
  const rows = collections.map(({ name, snapshot, ids, reasons }) => {
    const missing = ids.filter((id) => !covered.has(id));
    return [
      name,
      snapshot,
      String(ids.length),
      String(ids.length - missing.length),
      missing.map((id) => `${id}: ${reasons?.[id] ?? "?"}`).join("; ") || "–",
    ];
  });
  return markdown(["Collection", "Read from", "Applicable rules", "Covered", "Not covered, and why"], rows);
}

/** A message about the program of somebody else, `rule resource: words`, and what people judged it to be. */
export interface JudgedMessage {
  readonly message: string;
  readonly verdict: "true" | "noise";
}

/** The README's table of judged messages by rule, the noisiest rules first. */
export function judgedTable(messages: readonly JudgedMessage[]): string {
  const ids = [...new Set(messages.map(({ message }) => message.split(" ")[0] ?? ""))];
  const rows = ids
    .map((id) => {
      const own = messages.filter(({ message }) => message.startsWith(`${id} `));
      return { id, all: own.length, noise: own.filter(({ verdict }) => verdict === "noise").length };
    })
    .sort((a, b) => b.noise - a.noise || b.all - a.all || a.id.localeCompare(b.id));
  const noise = rows.reduce((sum, row) => sum + row.noise, 0);
  const share = `${((100 * noise) / messages.length).toFixed(1)} %`;
  return markdown(
    ["Rule", "Messages", "Noise"],
    [
      ...rows.map((row) => [`\`${row.id}\``, String(row.all), row.noise === 0 ? "–" : String(row.noise)]),
      ["all", String(messages.length), `${noise} (${share})`],
    ],
  );
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->` in a README. */
export function replaceSection(readme: string, name: string, content: string): string {
  const start = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the README has no section ${start} … ${end}`);
  return `${readme.slice(0, from + start.length)}\n\n${content}\n\n${readme.slice(to)}`;
}

function typesOf(rule: Rule): string {
  return (
    Object.keys(rule.inspects)
      .map((type) => (type === "*" ? "all" : `${type.split("/")[0]?.slice(4)}.${type.split(":").at(-1)}`))
      .join(", ") || "–"
  );
}
