import type { Severity } from "./rule";
import type { Verdict } from "./verdict";

/** Findings of one rule about one statement that are spelt out; the rest is counted. */
const SPELT_OUT = 3;

const STATEMENT = /Statement\[\d+\]$/;
const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];

/**
 * One message for each statement of a policy document: `Action: "*"` breaks a dozen rules and is one mistake. The
 * rule of the highest severity reports it and names the others.
 */
export function oneMessagePerStatement(
  verdicts: readonly Verdict[],
  isMandatory: (verdict: Verdict) => boolean,
): Verdict[] {
  const groups = new Map<string, Verdict[]>();
  const keyOf = (verdict: Verdict): string | undefined =>
    verdict.outcome === "violation" && STATEMENT.test(verdict.path)
      ? `${verdict.urn} ${verdict.path}`
      : undefined;
  for (const verdict of verdicts) {
    const key = keyOf(verdict);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  const gravity = (verdict: Verdict): number =>
    SEVERITIES.indexOf(verdict.rule.severity) + (isMandatory(verdict) ? SEVERITIES.length : 0);
  return verdicts.flatMap((verdict) => {
    const key = keyOf(verdict);
    const group = key === undefined ? [verdict] : (groups.get(key) ?? []);
    if (group[0] !== verdict) return [];
    return group.length === 1 ? [verdict] : [merged(group.toSorted((a, b) => gravity(b) - gravity(a)))];
  });
}

function merged(gravestFirst: readonly Verdict[]): Verdict {
  const [main] = gravestFirst as [Verdict, ...Verdict[]];
  const ids = [...new Set(gravestFirst.map(({ rule }) => rule.id))];
  const parts = ids.map((id) => {
    const own = gravestFirst.filter(({ rule }) => rule.id === id).map(({ words }) => words);
    return id === main.rule.id ? summed(own) : `${id}: ${summed(own.map(withoutLabel))}`;
  });
  const words = parts.join("; also ");
  return { ...main, words, message: `${words}. ${main.rule.remedy}` };
}

function summed(all: readonly string[]): string {
  const [first = "", ...others] = [...new Set(all)];
  const shown = [first, ...others.slice(0, SPELT_OUT - 1).map(withoutLabel)];
  const rest = others.length + 1 - shown.length;
  return `${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** `statement 2 allows s3:*` -> `allows s3:*`: the statement has been named. */
function withoutLabel(words: string): string {
  return words.replace(/^statement \S+ /, "");
}
