import { markdown } from "./markdown";

/** A collection whose rules are counted by what they are about. */
export interface TopicCollection {
  /** Name in the lines of topics: one word. */
  readonly key: string;
  readonly name: string;
  /** Version or date that it was read from. */
  readonly snapshot: string;
}

/** Something that can be checked, whatever each collection calls it. */
export interface Topic {
  /** The rules that check it, or what it is when none does. */
  readonly rules: readonly string[];
  readonly title: string;
  /** Rules about it per collection. */
  readonly counts: ReadonlyMap<string, number>;
  /** Why no rule of the pack is about it. */
  readonly reason?: string;
}

/** Lines of `rule rule | Collection Collection*3`, or `what it is | Collection | why it is not checked`. */
export function parseTopics(text: string): Topic[] {
  return text
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([first]) => first !== undefined && first !== "")
    .map(([title = "", collections = "", reason]) => ({
      title,
      rules: reason === undefined ? title.split(/\s+/) : [],
      counts: new Map(collections.split(/\s+/).filter(Boolean).map(readCount)),
      ...(reason === undefined ? {} : { reason }),
    }));
}

function readCount(word: string): [string, number] {
  const [key = "", count = "1"] = word.split("*");
  return [key, Number(count)];
}

/** The README's count per collection: topics of its rules, how many the pack covers, and why not the rest. */
export function topicTable(collections: readonly TopicCollection[], topics: readonly Topic[]): string {
  const rows = collections.map(({ key, name, snapshot }) => {
    const own = topics.filter(({ counts }) => counts.has(key));
    const covered = own.filter(({ rules }) => rules.length > 0);
    return [
      name,
      snapshot,
      String(own.length),
      String(covered.length),
      `${rulesIn(covered, key)} of ${rulesIn(own, key)}`,
      own
        .filter(({ rules }) => rules.length === 0)
        .map(({ title, reason }) => `${title}: ${reason}`)
        .join("; ") || "–",
    ];
  });
  return markdown(
    [
      "Collection",
      "Read from",
      "Applicable topics",
      "Covered",
      "Its rules about them",
      "Not covered, and why",
    ],
    rows,
  );
}

/** The topics that no rule of the pack is about, whoever checks them. */
export function uncoveredTopics(topics: readonly Topic[]): string {
  return topics
    .filter(({ rules }) => rules.length === 0)
    .map(({ title, reason }) => `- ${title}: ${reason}`)
    .join("\n");
}

function rulesIn(topics: readonly Topic[], key: string): number {
  return topics.reduce((sum, { counts }) => sum + (counts.get(key) ?? 0), 0);
}
