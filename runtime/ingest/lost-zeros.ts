import { counted } from "../engine/text/counted";
import { listed } from "../engine/text/listed";

export const LOST_ZEROS_CURE = "format the column as text and export it again";
const DIGITS = /^\d+$/;
/** Full lengths of a JAN, EAN or UPC code. */
const LENGTHS = [13, 8] as const;
/** A column is one of such codes when this share of its codes is. */
const MOST = 0.5;

/** A code of the books that is this one with zeros before it. */
export function withZeros(code: string, has: (code: string) => boolean): string | undefined {
  if (!DIGITS.test(code)) return undefined;
  for (let longer = `0${code}`; longer.length <= 14; longer = `0${longer}`) if (has(longer)) return longer;
  return undefined;
}

/**
 * Warnings on codes whose leading zeros a spreadsheet has eaten: those that stand beside the same number with its zeros,
 * which makes two items of one, and those that are short among JAN or EAN codes though their check digit fits.
 */
export function lostZeroWarnings(codes: readonly string[], what: string): string[] {
  const known = new Set(codes);
  const pairs = codes.flatMap((code) => {
    const full = withZeros(code, (longer) => known.has(longer));
    return full === undefined ? [] : [`${code} and ${full}`];
  });
  const warnings: string[] = [];
  if (pairs.length > 0)
    warnings.push(
      `${counted(pairs.length, what)} ${pairs.length === 1 ? "stands" : "stand"} in the files with and without leading zeros and ${pairs.length === 1 ? "is" : "are"} taken for two: ${listed(pairs)}; leading zeros were lost in a spreadsheet: ${LOST_ZEROS_CURE}`,
    );
  const short = LENGTHS.flatMap((length) => shortCodes(codes, length)).filter(
    (code) => withZeros(code, (longer) => known.has(longer)) === undefined,
  );
  if (short.length > 0)
    warnings.push(
      `${counted(short.length, "code")} seem to have lost leading zeros: ${listed(short)}; masters and later files with the zeros will not match: ${LOST_ZEROS_CURE}`,
    );
  return warnings;
}

/** Codes of one to four digits too few, in a column whose codes mostly have the length and a fitting check digit. */
function shortCodes(codes: readonly string[], length: number): string[] {
  const full = codes.filter((code) => code.length === length && DIGITS.test(code) && hasCheckDigit(code));
  if (full.length === 0 || full.length < MOST * codes.length) return [];
  return codes.filter(
    (code) =>
      DIGITS.test(code) &&
      code.length < length &&
      code.length >= Math.max(length - 4, 6) &&
      hasCheckDigit(code.padStart(length, "0")),
  );
}

/** The check digit of EAN: weights 1 and 3 from the right, a multiple of ten in all. */
function hasCheckDigit(code: string): boolean {
  const sum = [...code]
    .reverse()
    .reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
