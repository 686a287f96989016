import { isoDate, type DayNumber } from "../../forecasting/calendar/day";
import { parseDate } from "../../forecasting/calendar/parse-date";
import type { ColumnPositions } from "./columns";

/** One accepted line of a receipt; the object is reused from row to row. */
export interface SalesRow {
  storeKey: string;
  skuKey: string;
  day: DayNumber;
  /** Negative for a return. */
  quantity: number;
  priceYen: number;
  listPriceYen: number;
  /** What makes the line unique; empty when the file has no transaction number. */
  identity: string;
}

/** Why a row is refused: a kind to count by, and what was found. */
export interface Refusal {
  readonly kind: string;
  readonly detail: string;
}

export interface SalesRules {
  /** No sale is later than this day. */
  readonly today: DayNumber;
  readonly decode: (latin1: string) => string | undefined;
}

const EARLIEST_DAY = 10_957; // 2000-01-01
const LARGEST_QUANTITY = 100_000;
const LARGEST_CACHE = 20_000;

/** Returns a parser of one file's rows; it fills `row` and returns undefined, or returns why the row is refused. */
export function salesRowParser(
  positions: ColumnPositions,
  rules: SalesRules,
  row: SalesRow,
): (fields: readonly string[]) => Refusal | undefined {
  const at = (name: string) => positions[name] ?? -1;
  const [store, sku, date] = [at("store"), at("sku"), at("date")];
  const [quantity, price, listPrice] = [at("quantity"), at("price"), at("listPrice")];
  const [transaction, line] = [at("transaction"), at("line")];
  const width = Math.max(store, sku, date, quantity, price) + 1;
  const text = textReader(rules.decode);
  const dayOf = dateReader(rules.decode);

  return (fields) => {
    if (fields.length < width) return refusal("too few fields", `${fields.length} instead of ${width}`);
    const storeKey = text(fields[store] as string);
    const skuKey = text(fields[sku] as string);
    if (storeKey === undefined || skuKey === undefined)
      return refusal("bytes are not valid text", "mixed encodings?");
    if (storeKey === "") return refusal("no store", "");
    if (skuKey === "") return refusal("no SKU", "");
    const day = dayOf(fields[date] as string);
    if (day === undefined) return refusal("not a date", fields[date] as string);
    if (day > rules.today) return refusal("date in the future", isoDate(day));
    if (day < EARLIEST_DAY) return refusal("date before 2000", isoDate(day));
    const units = integer(fields[quantity] as string);
    if (units === undefined) return refusal("quantity is not a whole number", fields[quantity] as string);
    if (Math.abs(units) > LARGEST_QUANTITY) return refusal("quantity is implausible", String(units));
    const yen = integer(fields[price] as string);
    if (yen === undefined) return refusal("price is not a whole number of yen", fields[price] as string);
    if (yen <= 0) return refusal("price is not positive", String(yen));
    row.storeKey = storeKey;
    row.skuKey = skuKey;
    row.day = day;
    row.quantity = units;
    row.priceYen = yen;
    row.listPriceYen = Math.max(yen, (listPrice < 0 ? undefined : integer(fields[listPrice] ?? "")) ?? yen);
    row.identity = identityOf(fields, transaction, line);
    return undefined;
  };
}

/** With a line number transaction and line are enough; without one the whole line is what repeats. */
function identityOf(fields: readonly string[], transaction: number, line: number): string {
  const number = transaction < 0 ? "" : (fields[transaction] ?? "");
  if (number === "") return "";
  return line < 0 ? fields.join("\u0000") : `${number}\u0000${fields[line] ?? ""}`;
}

function refusal(kind: string, detail: string): Refusal {
  return { kind, detail };
}

/** Few distinct texts repeat over and over: each is decoded once. */
function textReader(decode: SalesRules["decode"]): (latin1: string) => string | undefined {
  return cached((latin1) => decode(latin1)?.normalize("NFKC").trim());
}

function dateReader(decode: SalesRules["decode"]): (latin1: string) => DayNumber | undefined {
  const parse = cached((latin1) => parseDate(decode(latin1) ?? ""));
  const isoLength = "2026-11-23".length;
  return (latin1) => parse(latin1.charCodeAt(4) === 45 ? latin1.slice(0, isoLength) : latin1);
}

function cached<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit;
    const value = compute(text);
    if (known.size >= LARGEST_CACHE) known.clear();
    known.set(text, value);
    return value;
  };
}

const INTEGER = /^[+-]?\d{1,12}(?:\.0+)?$/;

/** A whole number, with or without thousands separators, yen sign, blanks and full-width digits. */
export function integer(text: string): number | undefined {
  if (INTEGER.test(text)) return Number(text);
  const plain = text
    .normalize("NFKC")
    .replace(/[,¥\\円\s]/g, "")
    .replace(/^[▲△−–]/, "-");
  return INTEGER.test(plain) ? Number(plain) : undefined;
}
