import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import type { WorldOptions } from "../../forecasting/generator/options";
import { mixAll, toUnit } from "../../forecasting/generator/random";
import { receiptLines, stockoutDays, type ReceiptLine } from "../../forecasting/generator/receipts";
import { makeWorld, type World } from "../../forecasting/generator/world";
import { PROMOTION_TYPES } from "../../forecasting/lake/schema";
import { encodeShiftJis } from "../ingest/shift-jis";
import { csvField } from "../engine/csv/spreadsheet-text";
import { openTextFile, type TextFile } from "../engine/files/text-file";
import { replaceFolder } from "../engine/files/replace-folder";
import { damagedLine, encodeUtf16, fullWidth, type Damage } from "./till-faults";
import { eventRows, productRows, promotionRows, storeRows, weatherRows } from "./write-masters";

export interface GenerateFilesOptions extends WorldOptions {
  /** Folder of the files; replaced as a whole. */
  readonly out: string;
  /** Day numbers whose receipts and stock-outs are written, both included. @default all */
  readonly salesDays?: { readonly from: number; readonly to: number };
  /**
   * More of what tills do: digits in full width, clocks that were never set, and the first store's file sent again in
   * UTF-16. What an ingest must keep stays the same. @default false
   */
  readonly tillFaults?: boolean;
  readonly onProgress?: (doneStores: number, allStores: number) => void;
}

/** What was written, and with it what an ingest must answer: read lineCount, merge repeatedCount, reject damagedCount. */
export interface GeneratedFiles {
  /** Receipt lines in all, repeats, returns and damaged ones included. */
  lineCount: number;
  /** Lines that were written twice, as a till does that sends again. */
  repeatedCount: number;
  /** Lines that no ingest can use: an SKU that no master knows, a date that is none. */
  damagedCount: number;
  readonly damagedBy: Record<Damage, number>;
  returnCount: number;
  /** Lines whose quantity and price stand in full-width digits. */
  fullWidthCount: number;
  /** Units of all lines that count, returns taken off. */
  unitCount: number;
}

type SalesDays = GenerateFilesOptions["salesDays"];

const isWithin = (day: number, days: SalesDays) => days === undefined || (day >= days.from && day <= days.to);

const REPEATED_SHARE = 0.001;
const DAMAGED_SHARE = 0.0005;
/** With till faults. */
const FULL_WIDTH_SHARE = 0.02;

/** File formats of the tills: a chain that bought others has several. */
const DIALECTS = [
  { suffix: "csv", header: "transaction,line,store,sku,date,quantity,price,list_price", date: isoDate },
  { suffix: "csv.gz", header: "transaction,line,store,sku,date,quantity,price,list_price", date: slashed },
  {
    suffix: "csv",
    header: "伝票番号,行番号,店舗コード,JANコード,販売日,数量,単価,定価",
    date: reiwa,
    isShiftJis: true,
  },
] as const;

/** Writes a generated chain as the files that a retailer would hand over: receipts per store, masters, plans, weather. */
export async function generateFiles(options: GenerateFilesOptions): Promise<GeneratedFiles> {
  const world = makeWorld(options);
  return replaceFolder(options.out, async (folder) => {
    await writeMasterFiles(world, folder);
    await writePlanFiles(world, folder, options.salesDays);
    const counts: GeneratedFiles = {
      lineCount: 0,
      repeatedCount: 0,
      damagedCount: 0,
      damagedBy: { unknownCode: 0, impossibleDate: 0, unsetClock: 0 },
      returnCount: 0,
      fullWidthCount: 0,
      unitCount: 0,
    };
    for (const store of world.stores.keys()) {
      await writeStore(world, store, folder, counts, options);
      options.onProgress?.(store + 1, world.stores.length);
    }
    return counts;
  });
}

async function writeStore(
  world: World,
  store: number,
  folder: string,
  counts: GeneratedFiles,
  { salesDays, tillFaults = false }: GenerateFilesOptions,
): Promise<void> {
  const dialect = DIALECTS[store % DIALECTS.length] ?? DIALECTS[0];
  const code = world.stores[store]?.code ?? "";
  const encode = "isShiftJis" in dialect ? encodeShiftJis : undefined;
  const file = await openTextFile(`${folder}/pos_${code}.${dialect.suffix}`, encode);
  await file.write(`${dialect.header}\n`);
  const isResent = tillFaults && store === 0;
  const resent = isResent ? await openTextFile(`${folder}/pos_${code}_resent.csv`, encodeUtf16) : undefined;
  await resent?.write(`\ufeff${dialect.header}\n`);
  const hasClockFaults = tillFaults || world.changes.hasClockFaults;
  const times = isResent ? 2 : 1;
  const dates = new Map<number, string>();
  let number = 0;
  for (const line of receiptLines(world, store)) {
    const date = dates.get(line.day) ?? dialect.date(line.day);
    dates.set(line.day, date);
    const luck = toUnit(mixAll(world.seed, store, ++number));
    if (!isWithin(line.day, salesDays)) continue;
    const isFullWidth = tillFaults && Math.abs(luck - 0.5) < FULL_WIDTH_SHARE / 2;
    const text = receiptText(world, line, code, date, isFullWidth ? fullWidth : String);
    const isRepeated = luck < REPEATED_SHARE;
    const wrong = luck > 1 - DAMAGED_SHARE ? damagedLine(line, code, number, hasClockFaults) : undefined;
    const all = `${text}\n${isRepeated ? `${text}\n` : ""}${wrong ? `${wrong.text}\n` : ""}`;
    // Awaited only when a file asks for it: a wait per line would cost more than the line.
    const full = file.write(all);
    if (full) await full;
    const fullAgain = resent?.write(all);
    if (fullAgain) await fullAgain;
    counts.lineCount += times * (1 + Number(isRepeated) + Number(wrong !== undefined));
    // All but the first of its kind.
    counts.repeatedCount += times * (1 + Number(isRepeated)) - 1;
    if (wrong) {
      // A wrong clock is noticed beside all other days only, when repeats are merged already.
      const rejected = wrong.damage === "unsetClock" ? 1 : times;
      counts.repeatedCount += times - rejected;
      counts.damagedCount += rejected;
      counts.damagedBy[wrong.damage] += rejected;
    }
    if (line.quantity < 0) counts.returnCount += 1;
    counts.fullWidthCount += Number(isFullWidth);
    counts.unitCount += line.quantity;
  }
  await resent?.close();
  await file.close();
}

function receiptText(
  world: World,
  line: ReceiptLine,
  store: string,
  date: string,
  digits: (value: number) => string,
): string {
  const sku = world.products[line.sku]?.code ?? "";
  return `${line.transaction},${line.line},${store},${sku},${date},${digits(line.quantity)},${digits(line.priceYen)},${line.listPriceYen}`;
}

const day = (value: number | undefined) => isoDate(value ?? 0);

async function writeMasterFiles(world: World, folder: string): Promise<void> {
  await writeCsv(
    `${folder}/stores.csv`,
    "store_code,name,area,location_type,clientele",
    rowsOf(
      storeRows(world, () => 0),
      (row) => [row.store_code, row.name, row.area, row.location_type, row.clientele],
    ),
  );
  await writeCsv(
    `${folder}/products.csv`,
    "sku_code,name,category,price_yen,cost_yen,launched_on,shelf_life_days,pack_size,lead_time_days,minimum_display",
    rowsOf(productRows(world), (row) => [
      row.sku_code,
      row.name,
      row.category,
      row.price_yen,
      row.cost_yen,
      day(row.launched_on),
      row.shelf_life_days,
      row.pack_size,
      row.lead_time_days,
      row.minimum_display,
    ]),
  );
}

async function writePlanFiles(world: World, folder: string, days: SalesDays): Promise<void> {
  await writeCsv(
    `${folder}/weather.csv`,
    "area,date,temperature_forecast,rain_forecast,temperature_actual,rain_actual",
    rowsOf(weatherRows(world), (row) => [
      row.area,
      day(row.day),
      fixed(row.temperature_forecast),
      fixed(row.rain_forecast),
      fixed(row.temperature_actual),
      fixed(row.rain_actual),
    ]),
  );
  await writeCsv(
    `${folder}/events.csv`,
    "store_code,date,name,size",
    rowsOf(eventRows(world), (row) => [codeOfStore(world, row.store_id), day(row.day), row.name, row.size]),
  );
  await writeCsv(
    `${folder}/promotions.csv`,
    "sku_code,date,promo_type,discount_share",
    rowsOf(promotionRows(world), (row) => [
      world.products[row.sku_id - 1]?.code,
      day(row.day),
      PROMOTION_TYPES[row.promo_type ?? 0],
      fixed(row.discount_share),
    ]),
  );
  await writeCsv(`${folder}/stockouts.csv`, "store_code,sku_code,date", stockoutRows(world, days));
}

type CsvValue = string | number | undefined;

function* rowsOf<T>(rows: Iterable<T>, values: (row: T) => CsvValue[]): Generator<CsvValue[]> {
  for (const row of rows) yield values(row);
}

function* stockoutRows(world: World, days: SalesDays): Generator<CsvValue[]> {
  for (const [i, store] of world.stores.entries()) {
    for (const { sku, date } of stockoutDays(world, i))
      if (isWithin(dayNumber(date), days)) yield [store.code, world.products[sku]?.code, date];
  }
}

function codeOfStore(world: World, storeId: number): string | undefined {
  return world.stores[storeId - 1]?.code;
}

async function writeCsv(path: string, header: string, rows: Iterable<readonly CsvValue[]>): Promise<void> {
  const file: TextFile = await openTextFile(path);
  await file.write(`${header}\n`);
  for (const row of rows)
    await file.write(`${row.map((value) => csvField(String(value ?? ""))).join(",")}\n`);
  await file.close();
}

function fixed(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(Math.round(value * 100) / 100);
}

function slashed(day: number): string {
  return isoDate(day).replaceAll("-", "/");
}

/** 令和8年11月23日; the generated days are all after 2019. */
function reiwa(day: number): string {
  const [year = 0, month, dayOfMonth] = isoDate(day).split("-").map(Number);
  return year < 2020 ? slashed(day) : `令和${year - 2018}年${month}月${dayOfMonth}日`;
}
