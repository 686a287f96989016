import { counted } from "../engine/text/counted";
import { listed } from "../engine/text/listed";

/** Warns of codes that differ in capital and small letters alone: mostly two spellings of one thing, which then has half its sales. */
export function letterCaseWarnings(codes: readonly string[], what: string): string[] {
  const spellings = new Map<string, string[]>();
  for (const code of codes) {
    const plain = code.toLowerCase();
    spellings.set(plain, [...(spellings.get(plain) ?? []), code]);
  }
  const several = [...spellings.values()].filter(({ length }) => length > 1);
  if (several.length === 0) return [];
  const [stands, is] = several.length === 1 ? ["stands", "is"] : ["stand", "are"];
  const pairs = several.map((group) => group.join(" and "));
  return [
    `${counted(several.length, what)} ${stands} in the files in capital and in small letters and ${is} taken for several: ${listed(pairs)}; write each in one way where they are the same`,
  ];
}
