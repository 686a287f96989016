import { DateOrderEvidence } from "../../forecasting/calendar/date-order";
import { parseDate } from "../../forecasting/calendar/parse-date";
import { filledCells, isNumeric, type Rows } from "./column-values";
import type { ColumnPositions } from "./columns";
import type { WideTable } from "./sales-layout";
import { COUNTS, GROUP, SALES, TARGET } from "./measure-names";
import { plainName } from "./tables";

/** Fewer day columns than this are dates of something else. */
const FEWEST_DAYS = 5;
const NUMBERED_DAY = /^(?:d|day)_?\d{1,4}$/i;
const FAR_FUTURE = 100_000;

/** Names of columns beside the items that are none: a running number, the calendar, the weather, a sum. */
const BESIDE =
  /^(?:|index|unnamed\d*|id|no|row|rowid|連番|(?:day|week|month|year|quarter|hour|season|date|time)s?(?:of)?(?:the)?(?:week|month|year)?(?:name|no|num|number)?|weekdays?(?:name)?|dow|(?:is|has)[a-z0-9]+|(?:public|school|bank|state)?holidays?(?:flg|flag)?|payday|曜日?|週|年|月|日|時|時間帯?|祝日?|休日|営業日|給料日|イベント|(?:max|min|mean|avg|average|high|low|daily|air|feelslike)*temp(?:eratu?r(?:e|a)?)?s?(?:max|min|mean|avg|high|low|c|f)?|(?:最高|最低|平均)?気温|rain(?:fall)?|precipitations?|降水量?|降水確率|snow(?:fall)?|winds?(?:speed)?|風速|windgeschwindigkeit|niederschlag|bew(?:oe|ö)lkung|wettercode|clouds?|cloudcover|cloudiness|humidity|湿度|sunshine|sun|日照(?:時間)?|weather(?:code)?|天気|天候|(?:air)?pressure|(?:grand|sub)?totals?|sum|合計|総計|総合計|計|小計)$/u;
/** Words of measures: a table that has them has one row an item or a store, and no column an item. */
const MEASURES: ReadonlySet<string> = new Set(
  "open high low close volume bid ask kcal calories soldout price prices cost costs profit margin ratio percent percentage pct index cpi unemployment latitude longitude lat lon lng code id number nbr age rating discount markdown tax sale sales amount revenue turnover stock inventory quantity qty units customers visitors".split(
    " ",
  ),
);
const MEASURE_JA = /単価|価格|金額|売上|原価|粗利|率$|在庫|数量|客数|コード$|番号$/u;

/** A table with one column a day: the days, and which columns they are. */
export function dayColumns(header: readonly string[]): WideTable | undefined {
  const numbered = header.flatMap((name, at) =>
    NUMBERED_DAY.test(name.trim()) ? [{ at, name: name.trim() }] : [],
  );
  if (numbered.length >= FEWEST_DAYS) return { kind: "numbered days", columns: numbered };
  const evidence = new DateOrderEvidence(FAR_FUTURE);
  for (const name of header) evidence.add(name);
  const columns = header.flatMap((name, at) =>
    // A bare number may be an item's code, or a year.
    !/^\d{1,7}$/.test(name.trim()) && parseDate(name, { ...evidence.rules, timeZone: "UTC" }) !== undefined
      ? [{ at, name: name.trim() }]
      : [],
  );
  return columns.length >= FEWEST_DAYS ? { kind: "days", columns } : undefined;
}

/** A name that is a store's: Store A, Shop 12, 新宿店, 店舗3. */
const STORE_NAME =
  /^(?:store|shop|branch|outlet|filiale|butikk)[ _-]?[a-z0-9]{1,4}$|[a-z0-9][ _-](?:store|shop|branch)$|.店$|^店舗.+/iu;

/** A table with one column a store, for one item or an item a row. */
export function storeColumns(
  header: readonly string[],
  rows: Rows,
  positions: ColumnPositions,
): WideTable | undefined {
  const taken = new Set(["date", "sku"].map((name) => positions[name]));
  const columns = [...header.entries()].flatMap(([at, name]) =>
    !taken.has(at) && STORE_NAME.test(name.normalize("NFKC").trim()) && isNumeric(rows, at)
      ? [{ at, name: name.trim() }]
      : [],
  );
  return columns.length >= 2 ? { kind: "stores", columns } : undefined;
}

/** A table with one column an item: numbers beside a date, and nothing that says what they measure. */
export function itemColumns(
  header: readonly string[],
  rows: Rows,
  positions: ColumnPositions,
): { readonly table: WideTable; readonly beside: readonly string[] } | undefined {
  const known = new Set(
    ["date", "store", "transaction", "till", "line"]
      .map((name) => positions[name])
      .filter((at) => at !== undefined),
  );
  // A figure or a group has a name of its own only where the items stand in the rows.
  const isLong = header.some((name) =>
    [COUNTS, SALES, TARGET, GROUP].some((pattern) => pattern.test(plainName(name))),
  );
  if (isLong) return undefined;
  const beside: string[] = [];
  const columns: { at: number; name: string }[] = [];
  for (const [at, name] of header.entries()) {
    if (known.has(at)) continue;
    const plain = plainName(name);
    const isUnits = isNumeric(rows, at) || filledCells(rows, at).length === 0;
    if (BESIDE.test(plain) || !isUnits) beside.push(name);
    else if (isMeasure(name)) return undefined;
    else columns.push({ at, name: name.trim() });
  }
  const isSold = columns.filter(({ at }) => filledCells(rows, at).length > 0).length >= 2;
  return isSold ? { table: { kind: "items", columns }, beside: beside.filter(Boolean) } : undefined;
}

function isMeasure(name: string): boolean {
  const words = name
    .normalize("NFKC")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => MEASURES.has(word)) || MEASURE_JA.test(name);
}
