/**
 * What a point between digits means: "auto" takes it for the decimal point and rejects `1.080`, which may be either. "evident"
 * takes point and comma alike for the decimal mark where other than three digits follow, and rejects three.
 */
export type DecimalMark = "auto" | "evident" | "point" | "comma";

const PLAIN = /^-?\d{1,15}$/;
const MINUS = /^[-‐‑‒–—−▲△▼]/u;
/** Marks of a currency, a tax or a counter that stand before or after a number and do not change it. */
const CURRENCY = /^(?:@|jp¥|¥|円|\\|\$|£|€|jpy|gbp|usd|eur)\s*|\s*(?:¥|円|jpy|gbp|usd|eur|€|£)$/giu;
const TAX =
  /^[([]?(?:税込|税抜|税別|内税|外税|本体価格|本体)(?:み|き)?[)\]]?\s*|\s*[([]?(?:税込|税抜|税別|内税|外税)(?:み|き)?[)\]]?$/gu;
/** What keeps a spreadsheet from reading a number as one: `="3"`, `'3`. */
const QUOTED = /^="*([^"]*)"*$|^'(?=[^'])(.*)$/u;
/** What stands after a price so that nothing can be written behind it: ¥1,080-, 1080円也, 12.–. No minus. */
const PRICE_END = /(?<=^(?:¥|\\)\s*[\d,]+)\s*[-‐‑‒–—−ー]+$|(?<=円)也$|(?<=\d)[.,](?:[-‒–—]+)$/u;
const COUNTER = /\s*(?:個|コ|ヶ|点|本|枚|袋|箱|食|杯|pcs|pc)$/iu;
/** Characters that NFKC would turn into other digits than a reader sees: 5² is not 52, ⑴ is not minus one. */
const MISLEADING = /[\u00b2\u00b3\u00b9\u2070-\u2089\u2474-\u249b\u00bc-\u00be\u2150-\u215f]/u;
const CIRCLED = /[\u2460-\u2473]/u;
/** One mark with digits after it that are no group of three: 1,20, 1.2, 0,080. */
const EVIDENT = /^\d{1,15}[.,](?:\d{1,2}|\d{4,})$|^0[.,]\d+$/u;
const MAYBE_GROUPED = /^\d{1,3}[.,]\d{3}$/u;
const COMMA_LAST = /\.\d{3},/u;
const UNSIGNED = /^(?:\d{1,15}|\d{1,3}(?:([, '\u2019])\d{3})(?:\1\d{3})*)(?:\.(\d+))?$|^\.(\d+)$/u;

/**
 * The number that a till or a person wrote, or undefined: full-width and circled digits, yen signs and counters, minus
 * signs of all kinds, brackets or a trailing minus for a negative one. A grouping mark counts only where it groups three
 * digits: `1,5` is no number, since it may be 1.5 or a slip.
 */
export function parseNumber(text: string, decimal: DecimalMark = "auto"): number | undefined {
  if (PLAIN.test(text)) return Number(text) || 0;
  if (MISLEADING.test(text) || (CIRCLED.test(text) && [...text.trim()].length > 1)) return undefined;
  const plain = withoutMarks(text);
  const bracketed = /^\((.+)\)$/u.exec(plain);
  const { isNegative, rest } = signOf(bracketed?.[1] ?? plain);
  if (bracketed && isNegative) return undefined;
  const value = unsignedNumber(rest, decimal);
  return value === undefined || value === 0 ? value : bracketed || isNegative ? -value : value;
}

/** Without a spreadsheet's quoting and without what is said of the tax. */
function withoutMarks(text: string): string {
  const plain = text.normalize("NFKC").trim();
  const quoted = QUOTED.exec(plain);
  return (quoted?.[1] ?? quoted?.[2] ?? plain).replace(TAX, "").replace(PRICE_END, "").trim();
}

/** One sign before the currency, after it, or at the end. */
function signOf(text: string): { readonly isNegative: boolean; readonly rest: string } {
  const bare = text.replace(CURRENCY, "").replace(COUNTER, "").replace(CURRENCY, "").trim();
  if (/^\+/.test(bare)) return { isNegative: false, rest: bare.slice(1).trim() };
  if (MINUS.test(bare)) {
    return { isNegative: true, rest: bare.slice(1).trim().replace(CURRENCY, "") };
  }
  if (/\d\s*[-‐‑‒–—−▲△▼]$/u.test(bare)) return { isNegative: true, rest: bare.slice(0, -1).trim() };
  return { isNegative: false, rest: bare };
}

function unsignedNumber(text: string, decimal: DecimalMark): number | undefined {
  if (decimal === "comma" && EVIDENT.test(text)) return Number(text.replace(",", "."));
  if (decimal === "evident") {
    if (EVIDENT.test(text)) return Number(text.replace(",", "."));
    return MAYBE_GROUPED.test(text)
      ? undefined
      : unsignedNumber(text, COMMA_LAST.test(text) ? "comma" : "point");
  }
  const found = UNSIGNED.exec(decimal === "comma" ? swapMarks(text) : text);
  if (!found) return undefined;
  const isAmbiguous = decimal === "auto" && found[2]?.length === 3 && /^[1-9]\d{0,2}\./.test(text);
  if (isAmbiguous) return undefined;
  return Number((decimal === "comma" ? swapMarks(text) : text).replace(/[, '\u2019]/gu, ""));
}

function swapMarks(text: string): string {
  return text.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));
}

/** Why a text is no number, in words that help: what is ambiguous and what to set. */
export function numberProblem(text: string): string {
  const plain = text.normalize("NFKC").trim();
  if (plain === "") return "it is empty";
  if (/^[^\d]*\d{1,3}\.\d{3}[^\d]*$/.test(plain))
    return `${plain} (thousands or thousandths? set "decimal" in the data config)`;
  if (/\d,\d/.test(plain))
    return `${plain} (a comma groups three digits; for 1,5 as 1.5 set "decimal: comma")`;
  return plain;
}
