import { isoDate, type DayNumber } from "../../forecasting/calendar/day";
import { plainDate, type DateRules } from "../../forecasting/calendar/parse-date";
import type { CodeProblem } from "./code-text";
import type { ColumnPositions } from "./columns";
import { codeReader, dayReader, NOT_TEXT, NOT_VALUE, numberReader, timeDigits } from "./field-texts";
import { isEmptyCell } from "./column-values";
import { lineKindReader } from "./line-kind";
import { numberProblem, type DecimalMark } from "./number-text";

/** Whether a line of a receipt can be told from another one, and by what. */
type IdentityKind = "none" | "line number" | "receipt";

/** One line of a receipt; the object is reused from row to row. */
export interface SalesRow {
  storeKey: string;
  skuKey: string;
  day: DayNumber;
  /** Negative for a return; NaN when it cannot be read. */
  quantity: number;
  /** In the currency of the data; NaN when the file has none. */
  price: number;
  /** NaN when the file has none. */
  listPrice: number;
  /** Whether the money went to the customer. */
  isMoneyBack: boolean;
  identityKind: IdentityKind;
  /** What makes the line unique beside its figures; empty when the file has no transaction number. */
  identity: string;
}

/** Why a row is rejected: a kind to count by, and what was found. */
export interface Rejection {
  readonly kind: string;
  readonly detail: string;
}

export interface SalesRules {
  /** No sale is later than this day. */
  readonly today: DayNumber;
  readonly decode: (latin1: string) => string | undefined;
  readonly readable?: (latin1: string) => string;
  readonly dates?: DateRules;
  readonly decimal?: DecimalMark;
  /** Takes quantities such as 1.5 kg. @default false */
  readonly isMeasured?: boolean;
  /** Whether the quantity is money, for want of units. */
  readonly isMoney?: boolean;
  /** Code of the one store of a file without store column. @default 1 */
  readonly store?: string;
  /** Code of the one item of a file without item column. */
  readonly item?: string;
}

export type SalesRowParser = (fields: readonly string[]) => Rejection | undefined;

const EARLIEST_DAY = 10_957; // 2000-01-01
const LARGEST_QUANTITY = 100_000;
const LARGEST_PRICE = 1e9;

/** A line that was undone at the till, or returned in the end: neither sold nor rejected. */
export const VOID_KIND = "a cancelled line";
/** A line of what a visitor did who has not bought: neither sold nor rejected. */
export const NO_SALE_KIND = "a line of a visit, not of a sale";

/** Money off the whole receipt, as a line: nothing was sold. */
export const DISCOUNT_KIND = "a line of a discount";
const DISCOUNT = /値引|割引|クーポン|ポイント(?:利用|使用)|discount|coupon|voucher|rebate|rabatt|remise/i;

const NUMBER_KIND = "a number in place of a date";
const NUMBER_CURE = "export the date itself, not the number of a day, a week or a time";
const TWO_DAYS_KIND = "a date that may be two days";
const DATE_ORDER_CURE = 'set "dateOrder" in the data config: ymd, dmy or mdy';

export function newSalesRow(): SalesRow {
  const row = { storeKey: "", skuKey: "", day: 0, quantity: NaN, price: NaN, listPrice: NaN };
  return { ...row, isMoneyBack: false, identityKind: "none", identity: "" };
}

/**
 * Returns a parser of one file's rows; it fills `row` and returns undefined, or returns why the row is rejected. Quantity
 * and price are filled also in a rejected row, where they can be read: what was rejected is counted in units and money.
 */
export function salesRowParser(positions: ColumnPositions, rules: SalesRules, row: SalesRow): SalesRowParser {
  const at = (name: string) => positions[name] ?? -1;
  const [store, sku, date] = [at("store"), at("sku"), at("date")];
  const width = Math.max(store, sku, date, at("quantity"), at("price")) + 1;
  const codeOf = codeReader(rules.decode);
  const dayOf = dayReader(rules.decode, rules.dates ?? {});
  const readFigures = figuresParser(positions, rules, row);
  const readIdentity = identityReader(positions, row);
  const kindOf = lineKindReader(positions, rules.decode);
  const readable = rules.readable ?? ((text: string) => text);
  row.storeKey = rules.store ?? "1";
  const oneItem = rules.item ?? "";
  const isDiscount = (fields: readonly string[]) =>
    [sku, at("name")].some((column) => DISCOUNT.test(readable(fields[column] ?? "").normalize("NFKC")));

  return (fields) => {
    row.quantity = row.price = NaN;
    row.isMoneyBack = false;
    if (fields.length < width) return rejection("too few fields", `${fields.length} instead of ${width}`);
    const kind = kindOf?.(fields);
    if (kind === "void") return rejection(VOID_KIND, "");
    if (kind === "no sale") return rejection(NO_SALE_KIND, "");
    const wrongFigure = readFigures(fields);
    if (row.isMoneyBack && isDiscount(fields)) return rejection(DISCOUNT_KIND, "");
    if (kind === "return" && row.quantity > 0) row.quantity = -row.quantity;
    // A line of its own for what came back has its minus, and stands beside the sale.
    if (kind === "undone" && row.quantity > 0) return rejection(VOID_KIND, "");
    const storeKey = store < 0 ? row.storeKey : codeOf(fields[store] as string);
    const skuKey = sku < 0 ? oneItem : codeOf(fields[sku] as string);
    if (typeof storeKey !== "string") return codeRejection(storeKey, readable(fields[store] ?? ""));
    if (typeof skuKey !== "string") return codeRejection(skuKey, readable(fields[sku] ?? ""));
    if (storeKey === "") return rejection("no store", "");
    if (skuKey === "") return rejection("no SKU", "");
    const day = dayOf(fields[date] as string);
    if (day === NOT_VALUE) return dateRejection(readable(fields[date] as string));
    if (day > rules.today) return rejection("date in the future", isoDate(day));
    if (day < EARLIEST_DAY) return rejection("date before 2000", isoDate(day));
    if (wrongFigure) return wrongFigure;
    row.storeKey = storeKey;
    row.skuKey = skuKey;
    row.day = day;
    readIdentity(fields);
    return undefined;
  };
}

/** Fills quantity, price and list price, or says which of them is wrong. */
function figuresParser(positions: ColumnPositions, rules: SalesRules, row: SalesRow): SalesRowParser {
  const at = (name: string) => positions[name] ?? -1;
  const [quantity, price, amount, listPrice] = [at("quantity"), at("price"), at("amount"), at("listPrice")];
  const numberOf = numberReader(rules.decode, rules.decimal ?? "auto");
  const largest = rules.isMoney ? LARGEST_PRICE : LARGEST_QUANTITY;
  const readable = rules.readable ?? ((text: string) => text);
  const problem = (fields: readonly string[], column: number) =>
    numberProblem(readable(fields[column] ?? ""));

  return (fields) => {
    const units = quantity < 0 ? oneUnit(fields) : numberOf(fields[quantity] as string);
    row.quantity = units === NOT_VALUE ? NaN : units;
    const money = price >= 0 ? unitPrice(fields) : perUnit(fields, amount, row.quantity);
    row.price = money === NOT_VALUE ? NaN : money;
    if (units === NOT_VALUE) return rejection("quantity is not a number", problem(fields, quantity));
    if (!Number.isInteger(units) && !rules.isMeasured)
      return rejection("quantity is not a whole number", `${units} (for weights set "quantities: measured")`);
    // As precise as it is kept, so that what is read is what is kept.
    row.quantity = Math.fround(row.quantity);
    if (Math.abs(units) > largest) return rejection("quantity is implausible", String(units));
    if (money === NOT_VALUE)
      return rejection("price is not a number", problem(fields, price < 0 ? amount : price));
    if (price >= 0 && money <= 0) return rejection("price is not positive", String(money));
    if (money > LARGEST_PRICE) return rejection("price is implausible", String(money));
    const list = listPrice < 0 ? NOT_VALUE : numberOf(fields[listPrice] ?? "");
    row.listPrice = list === NOT_VALUE || !(list > 0) ? NaN : Math.max(list, row.price);
    return undefined;
  };

  /** What was given away, or has no price, is a unit all the same; what costs nothing and comes back is no sale undone. */
  function unitPrice(fields: readonly string[]): number | typeof NOT_VALUE {
    const text = fields[price] ?? "";
    if (isEmptyCell(text)) return NaN;
    const money = numberOf(text);
    if (money !== NOT_VALUE && money < 0) row.isMoneyBack = true;
    return money === 0 && row.quantity > 0 ? NaN : money;
  }

  /** A line without a quantity: one unit, or one that came back where its amount is negative. */
  function oneUnit(fields: readonly string[]): number {
    const column = amount < 0 ? price : amount;
    const total = column < 0 ? NOT_VALUE : numberOf(fields[column] ?? "");
    return total !== NOT_VALUE && total < 0 ? -1 : 1;
  }

  function perUnit(fields: readonly string[], column: number, units: number): number | typeof NOT_VALUE {
    if (column < 0) return NaN;
    if (isEmptyCell(fields[column] ?? "")) return NaN;
    const total = numberOf(fields[column] ?? "");
    if (total === NOT_VALUE) return NOT_VALUE;
    // Money that went back to the customer, for units that the till wrote without a minus.
    if (total < 0 && units > 0) {
      row.isMoneyBack = true;
      row.quantity = -units;
    }
    return units === 0 || total === 0 || !Number.isFinite(units) ? NaN : Math.abs(total / units);
  }
}

/** With a line number transaction and line are enough; without one equal lines of one receipt are units of their own. */
function identityReader(positions: ColumnPositions, row: SalesRow): (fields: readonly string[]) => void {
  const at = (name: string) => positions[name] ?? -1;
  const [transaction, line, till, date] = [at("transaction"), at("line"), at("till"), at("date")];
  return (fields) => {
    const number = transaction < 0 ? "" : (fields[transaction] ?? "");
    if (number === "") {
      row.identityKind = "none";
      row.identity = "";
      return;
    }
    const place = till < 0 ? number : `${number}\u0000${fields[till] ?? ""}`;
    row.identityKind = line < 0 ? "receipt" : "line number";
    const rest = line < 0 ? timeDigits(fields[date] ?? "") : (fields[line] ?? "");
    row.identity = `${place}\u0000${rest}`;
  };
}

function rejection(kind: string, detail: string): Rejection {
  return { kind, detail };
}

function codeRejection(why: typeof NOT_TEXT | CodeProblem, text: string): Rejection {
  return why === NOT_TEXT
    ? rejection("bytes are not valid text", "mixed encodings?")
    : rejection(why.kind, `${text} (${why.cure})`);
}

function dateRejection(text: string): Rejection {
  const plain = plainDate(text);
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|^\d{6}$/.test(plain))
    return rejection(TWO_DAYS_KIND, `${text} (${DATE_ORDER_CURE})`);
  if (/^\d{1,2}(?:[-/.]|月)\d{1,2}日?(?![-/.\d])/.test(plain))
    return rejection("a date without its year", `${text} (export the dates with the year)`);
  if (/^\d+(?:\.\d+)?$/.test(plain)) return rejection(NUMBER_KIND, `${text} (${NUMBER_CURE})`);
  return rejection("not a date", text);
}
