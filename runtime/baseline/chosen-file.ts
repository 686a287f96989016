import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  methodCalendar,
  type MethodTables,
  WEEKDAY_SLOTS,
  YEAR_WEEKS,
} from "../../forecasting/methods/method-tables";
import type { OpeningRules } from "../../forecasting/opening/opening-rules";
import type { Selection } from "../../forecasting/selection/select-forecasters";

/** The chosen forecasters and all that they need of the lake's past, in the output folder of `fitBaseline`. */
const CHOSEN_FILE = "chosen.json";

export interface Chosen {
  /** ISO date of the last day that the tables saw. */
  readonly fittedTo: string;
  /** No entries without validation days. */
  readonly selection: Selection;
  readonly countsRanOut: boolean;
  readonly categoryCount: number;
  /** As in MethodTables; positions are store_id and sku_id. */
  readonly weekdays: readonly number[];
  readonly seasons?: readonly number[];
  /** Rules by store_id. */
  readonly openings: Readonly<Record<string, OpeningRules>>;
}

/** Digits that change no forecast by a tenth of a percent. */
const rounded = (value: number) => Math.round(value * 1e5) / 1e5;

export async function writeChosen(
  folder: string,
  fittedTo: string,
  selection: Selection,
  tables: MethodTables,
  openings: Chosen["openings"],
): Promise<void> {
  const chosen: Chosen = {
    fittedTo,
    selection,
    countsRanOut: tables.countsRanOut,
    categoryCount: tables.categoryCount,
    weekdays: Array.from(tables.weekdays, rounded),
    seasons: tables.seasons && Array.from(tables.seasons, rounded),
    openings,
  };
  await writeFile(join(folder, CHOSEN_FILE), `${JSON.stringify(chosen)}\n`);
}

/** What `fitBaseline` wrote into a folder. */
export async function readChosen(folder: string): Promise<Chosen> {
  const path = join(folder, CHOSEN_FILE);
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`${folder} holds no chosen forecasters: there is no ${CHOSEN_FILE}`);
  });
  try {
    return JSON.parse(text) as Chosen;
  } catch {
    throw new Error(`${path} is cut off or not JSON: fit the baseline again`);
  }
}

/** Stores and SKUs that the tables must answer for: one more than the highest id. */
interface Ids {
  readonly storeCount: number;
  readonly skuCount: number;
}

/** As many values as asked for: who is new since the fit has flat weekdays and no season. */
function padded(values: readonly number[], length: number): Float64Array {
  const all = new Float64Array(Math.max(length, values.length)).fill(1);
  all.set(values);
  return all;
}

/** The tables again, with a calendar that reaches from `firstDay` to `lastDay`. */
export function tablesOf(
  chosen: Chosen,
  firstDay: number,
  lastDay: number,
  { storeCount, skuCount }: Ids,
): MethodTables {
  return {
    calendar: methodCalendar(firstDay, lastDay),
    categoryCount: chosen.categoryCount,
    weekdays: padded(chosen.weekdays, storeCount * chosen.categoryCount * WEEKDAY_SLOTS),
    seasons: chosen.seasons && padded(chosen.seasons, skuCount * YEAR_WEEKS),
    countsRanOut: chosen.countsRanOut,
  };
}
