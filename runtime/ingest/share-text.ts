import { parseNumber } from "./number-text";

/** Discounts as a Japanese price tag writes them: 2割引, 2割5分引, 5分引, 半額, 20%OFF, 8掛 is left alone. */
const WARI = /^(\d(?:\.\d)?)割(?:(\d)分)?引?き?$/u;
const BU = /^(\d)分引?き?$/u;
const PERCENT = /^(.+?)\s*(?:%|パーセント|percent)\s*(?:引き?|off|オフ|discount)?$/iu;

/**
 * A share between 0 and 1. With a percent sign or 割 it says itself what it is; a bare number is a percentage when
 * `isPercent`, which `barePercent` finds for a whole column: 1 beside 15 is 1 %.
 */
export function parseShare(text: string, isPercent = false): number | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/^=?["']+|["']+$/g, "");
  if (plain === "半額") return 0.5;
  const wari = WARI.exec(plain);
  if (wari) return inUnit(Number(wari[1]) / 10 + Number(wari[2] ?? 0) / 100);
  const bu = BU.exec(plain);
  if (bu) return inUnit(Number(bu[1]) / 100);
  const percent = PERCENT.exec(plain);
  if (percent) return inUnit(scaled(parseNumber(percent[1] ?? "", "point"), 100));
  return inUnit(scaled(parseNumber(plain, "point"), isPercent ? 100 : 1));
}

/** Whether a column's bare numbers are percentages: one of them is above 1. */
export function barePercent(texts: Iterable<string | undefined>): boolean {
  for (const text of texts) {
    const value = text === undefined ? undefined : parseNumber(text, "point");
    if (value !== undefined && value > 1) return true;
  }
  return false;
}

/** Divided without the noise that binary fractions add: 15 / 100 is 0.15. */
function scaled(value: number | undefined, by: number): number | undefined {
  return value === undefined ? undefined : Number((value / by).toPrecision(12));
}

function inUnit(value: number | undefined): number | undefined {
  return value === undefined || value < 0 || value > 1 ? undefined : Number(value.toPrecision(12));
}
