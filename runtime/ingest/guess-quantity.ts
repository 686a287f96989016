import { filledCells, hasTimes, isNumeric, repeats, type Rows } from "./column-values";
import type { ColumnPositions } from "./columns";
import { COUNTS, SALES, TARGET } from "./measure-names";
import { plainName } from "./tables";

/** A quantity that is not one of sales. */
const OTHER_QUANTITY =
  /deliver|return|refund|cancel|stock|inventor|on.?hand|waste|spoil|forecast|predict|plan|target|min|max|pack|case|back.?order|reorder|reserve|void|received|purchased|納|返|在庫|廃棄|発注|仕入|入荷|予測|計画|入数|予約/i;
const QUANTITY_WORD = /qty|quantity|数量|個数|点数/i;
const ORDERED =
  /^(?:items?|products?|units?)?(?:qty|quantity|quantities|units)ordered$|^order(?:ed)?(?:items?|products?)?(?:qty|quantity|quantities|units)$|^注文(?:数量?|個数|点数)$/u;
/** Sales that are surely no units. */
const MONEY = /額|高$|umsatz|amount|revenue|turnover|gross|net/u;

export type GuessedQuantity =
  | { readonly at: number; readonly guesses: number; readonly note: string; readonly isMoney?: boolean }
  | { readonly at: undefined; readonly guesses: number; readonly note: string }
  | { readonly problem: string };

/** Which column has the units where no name says it, or that a line is one unit. */
export function guessQuantity(
  header: readonly string[],
  rows: Rows,
  positions: ColumnPositions,
  hasItem: boolean,
): GuessedQuantity | undefined {
  const plain = header.map(plainName);
  const free = [...header.keys()].filter(
    (at) => at !== positions.date && at !== positions.store && at !== positions.sku && isNumeric(rows, at),
  );
  const ordered = free.filter((at) => ORDERED.test(plain[at] ?? ""));
  if (ordered.length === 1)
    return take(
      ordered[0]!,
      1,
      `quantities are those of "${header[ordered[0]!]}": what was ordered is taken for sold`,
    );
  const named = free.filter(
    (at) => QUANTITY_WORD.test(header[at] ?? "") && !OTHER_QUANTITY.test(header[at] ?? ""),
  );
  const [first] = named;
  if (first !== undefined) {
    const differs = named.find((at) => rows.some((row) => (row[at] ?? "") !== (row[first] ?? "")));
    const names = named.map((at) => `"${header[at]}"`);
    if (differs !== undefined)
      return {
        problem: `which is the quantity, ${names.join(" or ")}? set tables.transactions.columns.quantity in the data config`,
      };
    return take(
      first,
      1,
      `quantities are those of ${names[0]}${names.length > 1 ? `, the same as ${names.slice(1).join(", ")}` : ""}`,
    );
  }
  // A receipt's number, a time of day or two equal keys: each line is a sale and no sum.
  const isTransactional =
    positions.transaction !== undefined ||
    [...header.keys()].some((at) => hasTimes(rows, at)) ||
    repeats(rows, [positions.date, positions.store, positions.sku]);
  if (hasItem && isTransactional) return lineIsUnit(rows, positions);
  const candidates = [SALES, COUNTS, TARGET].map((pattern) =>
    free.filter((at) => pattern.test(plain[at] ?? "")),
  );
  const [sales = [], counts = [], target = []] = candidates;
  if (isTransactional && !hasItem && counts.length === 0) return undefined;
  // What is surely money is forecast where nothing is counted.
  const isSure = MONEY.test(plain[sales[0] ?? -1] ?? "") || sales.length > 1;
  const best = (isSure ? counts[0] : undefined) ?? sales[0] ?? counts[0] ?? target[0];
  if (best === undefined) return undefined;
  const name = `"${header[best]}"`;
  const taken = take(
    best,
    2,
    best === sales[0]
      ? `no column of units: ${name} is forecast in their place; where it is money, all "units" are money`
      : `no column of units: ${name} is what is forecast`,
  );
  return { ...taken, isMoney: best === sales[0] };
}

function take(at: number, guesses: number, note: string) {
  return { at, guesses, note };
}

function lineIsUnit(rows: Rows, { price, amount }: ColumnPositions): GuessedQuantity {
  const isMore =
    price !== undefined &&
    amount !== undefined &&
    rows.some((row) => (row[price] ?? "") !== (row[amount] ?? "") && filledCells([row], amount).length > 0);
  return isMore
    ? {
        problem:
          'no column for "quantity", and amounts are more than prices: a line is more than one unit; name the column with tables.transactions.columns.quantity in the data config',
      }
    : { at: undefined, guesses: 3, note: "no quantity column: every line is one unit" };
}
