import { counted } from "../engine/text/counted";

/** What is said of more files than this is said once. */
const MOST_ALIKE = 3;

/** What many files have in common, in one line: a folder of a file a day would say everything a thousand times. */
export function groupWarnings(warnings: readonly string[], fileNames: readonly string[]): string[] {
  const names = new Set(fileNames);
  const alike = new Map<string, { name: string; files: number }>();
  const parts = warnings.map((warning) => {
    const name = warning.slice(0, Math.max(0, warning.indexOf(": ")));
    if (!names.has(name)) return { warning };
    const text = warning.slice(name.length + 2);
    const known = alike.get(text) ?? { name, files: 0 };
    alike.set(text, { ...known, files: known.files + 1 });
    return { warning, text };
  });
  const said = new Set<string>();
  return parts.flatMap(({ warning, text }) => {
    const group = text === undefined ? undefined : alike.get(text);
    if (text === undefined || !group || group.files <= MOST_ALIKE) return [warning];
    if (said.has(text)) return [];
    said.add(text);
    return [`${group.name} and ${counted(group.files - 1, "more file")}: ${text}`];
  });
}
