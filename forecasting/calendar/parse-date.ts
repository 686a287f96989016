import { dayNumberOf, type DayNumber } from "./day";

/** First year of each Japanese era, less one: year 1 of Reiwa is 2019. */
const ERAS: Readonly<Record<string, number>> = {
  令和: 2018,
  平成: 1988,
  昭和: 1925,
  大正: 1911,
  明治: 1867,
  R: 2018,
  H: 1988,
  S: 1925,
};

const TIME = "(?:[T ].*)?";
const WESTERN = new RegExp(`^(\\d{4})(?:-|/|\\.|年)(\\d{1,2})(?:-|/|\\.|月)(\\d{1,2})日?${TIME}$`);
const COMPACT = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})(?:\\d{6})?${TIME}$`);
const JAPANESE = new RegExp(
  `^(令和|平成|昭和|大正|明治|[RHS])\\.?(\\d{1,2}|元)(?:-|/|\\.|年)(\\d{1,2})(?:-|/|\\.|月)(\\d{1,2})日?${TIME}$`,
);

/**
 * The day that a text means, whatever follows it as a time: 2026-11-23, 2026/11/23, 20261123, 2026年11月23日,
 * 令和8年11月23日, R8.11.23; full-width digits too. Undefined when it is none of them or no such day exists.
 */
export function parseDate(text: string): DayNumber | undefined {
  const plain = text.normalize("NFKC").trim();
  const western = WESTERN.exec(plain) ?? COMPACT.exec(plain);
  if (western) return dayNumberOf(Number(western[1]), Number(western[2]), Number(western[3]));
  const japanese = JAPANESE.exec(plain.toUpperCase());
  if (!japanese) return undefined;
  const eraYear = japanese[2] === "元" ? 1 : Number(japanese[2]);
  const base = ERAS[japanese[1] ?? ""];
  if (base === undefined || eraYear === 0) return undefined;
  return dayNumberOf(base + eraYear, Number(japanese[3]), Number(japanese[4]));
}
