import { isEmptyCell } from "./column-values";
import type { ColumnPositions } from "./columns";
import { plainName } from "./tables";

export type LineKind = "sale" | "return" | "void" | "no sale";

const RETURN = /^(?:refund(?:ed)?|returns?|returned|sales?returns?|返品|返金|払戻し?)$/;
const VOID =
  /^(?:cancell?ed|cancel|cancellation|void(?:ed)?|failed|declined|deleted|取消し?|取り消し|取消済み?|キャンセル|無効)$/;
/** What visitors of a web shop do before they buy, or instead. */
const NO_SALE =
  /^(?:(?:page|product|item)?views?|viewed|pv|browse|visit|impressions?|clicks?|search|cart|(?:add(?:ed)?to|removed?from)(?:cart|basket|wishlist)|wishlist|fav(?:orite)?s?|閲覧|カート(?:追加)?|お気に入り)$/;
const YES = /^(?:1|yes|y|true|t|はい|有|○)$/;

/** Reads what a line is from the columns that say so; undefined where a file has none. */
export function lineKindReader(
  { status, cancelled }: ColumnPositions,
  decode: (latin1: string) => string | undefined,
): ((fields: readonly string[]) => LineKind) | undefined {
  if (status === undefined && cancelled === undefined) return undefined;
  const kinds = new Map<string, LineKind>();
  const kindOf = (text: string, flag: string): LineKind => {
    const [word, mark] = [text, flag].map((given) => plainName(decode(given) ?? ""));
    if (VOID.test(word ?? "") || VOID.test(mark ?? "") || YES.test(mark ?? "")) return "void";
    if (NO_SALE.test(word ?? "")) return "no sale";
    return RETURN.test(word ?? "") || RETURN.test(mark ?? "") ? "return" : "sale";
  };
  return (fields) => {
    const [text, flag] = [fields[status ?? -1] ?? "", fields[cancelled ?? -1] ?? ""];
    if (isEmptyCell(text) && isEmptyCell(flag)) return "sale";
    const key = `${text}\u0000${flag}`;
    const known = kinds.get(key) ?? kindOf(text, flag);
    if (kinds.size < 1000) kinds.set(key, known);
    return known;
  };
}
