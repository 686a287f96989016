import { isEmptyCell } from "./column-values";
import type { ColumnPositions } from "./columns";
import { plainName } from "./tables";

export type LineKind = "sale" | "return" | "undone" | "void" | "no sale";

const RETURN = /^(?:refund(?:ed)?|returns?|returned|sales?returns?|返品|返金|払戻し?)$/;
const VOID =
  /^(?:cancell?ed|cancel|cancellation|void(?:ed)?|failed|declined|deleted|取消し?|取り消し|取消済み?|キャンセル|無効)$/;
/** What visitors of a web shop do before they buy, or instead. */
const NO_SALE =
  /^(?:(?:page|product|item)?views?|viewed|pv|browse|visit|impressions?|clicks?|search|cart|(?:add(?:ed)?to|removed?from)(?:cart|basket|wishlist)|wishlist|fav(?:orite)?s?|閲覧|カート(?:追加)?|お気に入り)$/;
const YES = /^(?:1|yes|y|true|t|はい|有|○)$/;
/** In words that say how far an order has come: Shipped - Returned to Seller, 返品済み. */
const UNDONE =
  /(?<![a-z])(?:return(?:ed|ing)?|refund(?:ed)?|reject(?:ed)?|cancell?ed|cancellation)(?![a-z])|返品|返金|払戻|取消|キャンセル/;
/** Some of the order stays sold, or all of it. */
const NOT_ALL = /(?<![a-z])(?:not?|non|un|without|partial(?:ly)?|declined)(?![a-z])|一部|不可|なし/;

/**
 * Reads what a line is from the columns that say so; undefined where a file has none. A kind is a line's own: a return is a
 * line beside that of the sale. A status is how far one line has come: what was returned in the end is undone, in one line.
 */
export function lineKindReader(
  { kind, status, cancelled }: ColumnPositions,
  decode: (latin1: string) => string | undefined,
): ((fields: readonly string[]) => LineKind) | undefined {
  if (kind === undefined && status === undefined && cancelled === undefined) return undefined;
  const kinds = new Map<string, LineKind>();
  const kindOf = (texts: readonly string[]): LineKind => {
    const [, words = ""] = texts.map((given) => (decode(given) ?? "").normalize("NFKC").toLowerCase());
    const plain = texts.map((given) => plainName(decode(given) ?? ""));
    const [what = "", how = "", mark = ""] = plain;
    if (plain.some((word) => VOID.test(word)) || YES.test(mark)) return "void";
    if (NO_SALE.test(what) || NO_SALE.test(how)) return "no sale";
    if (RETURN.test(what) || RETURN.test(mark)) return "return";
    return RETURN.test(how) || (UNDONE.test(words) && !NOT_ALL.test(words)) ? "undone" : "sale";
  };
  return (fields) => {
    const texts = [kind, status, cancelled].map((at) => fields[at ?? -1] ?? "");
    if (texts.every(isEmptyCell)) return "sale";
    const key = texts.join("\u0000");
    const known = kinds.get(key) ?? kindOf(texts);
    if (kinds.size < 1000) kinds.set(key, known);
    return known;
  };
}
