import { unknownName } from "./nearest";

/** Shorter reasons explain nothing ("see ticket", "by design"). */
const MIN_REASON_LENGTH = 20;

/** One waived violation: who accepts what, why, and until when. */
export interface Exemption {
  readonly rule: string;
  /** Glob over the URN of the resource: `*` stands for any text. */
  readonly resource: string;
  /** Glob over the granular finding (an action, a port, a state) or the property path. @default every finding */
  readonly finding?: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
}

const KEYS = ["rule", "resource", "finding", "reason", "owner", "expires"];

/** The part of a rule that decides about exemptions from it. */
interface ExemptibleRule {
  readonly id: string;
  readonly exemptible?: boolean;
}

/** The part of a violation that an exemption is matched with. */
export interface Exemptible {
  readonly rule: ExemptibleRule;
  readonly urn: string;
  readonly path: string;
  readonly finding?: string;
}

/** Reads the exemptions of `pack` out of an exemptions file (`{"<pack>": [...]}`); throws one line per mistake. */
export function parseExemptions(json: unknown, pack: string, rules: readonly ExemptibleRule[]): Exemption[] {
  const entries: unknown = (json as Record<string, unknown> | null)?.[pack] ?? [];
  if (!Array.isArray(entries)) throw new Error(`exemptions of ${pack}: expected a list`);
  const mistakes = entries.flatMap((entry, i) =>
    checkExemption(entry as Record<string, unknown>, rules).map(
      (mistake) => `exemption ${i + 1} of ${pack}: ${mistake}`,
    ),
  );
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  return entries as Exemption[];
}

function checkExemption(entry: Record<string, unknown>, rules: readonly ExemptibleRule[]): string[] {
  const mistakes: string[] = [];
  for (const key of Object.keys(entry)) {
    if (!KEYS.includes(key)) mistakes.push(unknownName("a key of an exemption", key, KEYS));
  }
  for (const key of KEYS.filter((name) => name !== "finding")) {
    if (typeof entry[key] !== "string" || entry[key] === "") mistakes.push(`${key} is missing`);
  }
  const rule = rules.find((candidate) => candidate.id === entry.rule);
  if (typeof entry.rule === "string" && !rule) {
    mistakes.push(
      unknownName(
        "a rule of this pack",
        entry.rule,
        rules.map((candidate) => candidate.id),
      ),
    );
  }
  if (rule?.exemptible === false) mistakes.push(`${rule.id} cannot be waived`);
  if (typeof entry.reason === "string" && entry.reason.trim().length < MIN_REASON_LENGTH) {
    mistakes.push(`the reason "${entry.reason}" is too short: at least ${MIN_REASON_LENGTH} characters`);
  }
  if (typeof entry.expires === "string" && !isDate(entry.expires)) {
    mistakes.push(`expires is "${entry.expires}": expected a date as YYYY-MM-DD`);
  }
  return mistakes;
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}

/** The exemptions of one run: finds the one for a violation and remembers which were needed. */
export class ExemptionLedger {
  private readonly used = new Set<Exemption>();

  public constructor(
    private readonly entries: readonly Exemption[],
    /** Today as YYYY-MM-DD. */
    private readonly today: string,
  ) {}

  /** The valid exemption for a violation, if there is one. */
  public find(violation: Exemptible): Exemption | undefined {
    const matching = this.entries.filter((entry) => matches(entry, violation));
    for (const entry of matching) this.used.add(entry);
    return matching.find((entry) => !this.isExpired(entry));
  }

  /** What is wrong with the exemptions themselves: expired ones, and ones that no violation needs. */
  public problems(isUndecided: (entry: Exemption) => boolean): { message: string; entry: Exemption }[] {
    return this.entries.flatMap((entry) => {
      const label = `the exemption of ${entry.rule} for ${entry.resource} (owner ${entry.owner})`;
      if (this.isExpired(entry)) {
        return [{ entry, message: `${label} expired on ${entry.expires}: fix the violation or decide anew` }];
      }
      if (this.used.has(entry) || isUndecided(entry)) return [];
      return [{ entry, message: `${label} is not needed any more: remove it` }];
    });
  }

  private isExpired(entry: Exemption): boolean {
    return entry.expires < this.today;
  }
}

function matches(entry: Exemption, violation: Exemptible): boolean {
  if (entry.rule !== violation.rule.id || !matchesGlob(entry.resource, violation.urn)) return false;
  if (entry.finding === undefined) return true;
  return (
    matchesGlob(entry.finding, violation.finding ?? violation.path) ||
    matchesGlob(entry.finding, violation.path)
  );
}

/** `*` stands for any text; everything else for itself. */
export function matchesGlob(glob: string, text: string): boolean {
  const source = glob.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${source}$`).test(text);
}
