import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { isTaken } from "../../forecasting/drift/action-record";
import { type DataFault, incidentDays } from "../../forecasting/drift/data-faults";
import type { ErrorRow } from "../../forecasting/drift/error-row";
import { sumErrors, wapeOf } from "../../forecasting/drift/error-sums";
import { monitorNight } from "../../forecasting/drift/monitor-night";
import { type KindDay, storeKindChange } from "../../forecasting/drift/store-kinds";
import type { Database } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { withLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { categoryMetrics } from "./category-metrics";
import { findFaults } from "./data-checks";
import { type LeftOut, readErrorRows } from "./error-rows";
import { openForecastCells } from "./forecast-cells";
import { readNightModels } from "../scoring/night-models";
import { readInputSignals } from "./input-signals";
import { isSpecialDay } from "../../forecasting/drift/is-special-day";
import { readKindDays, readKindHistory, storeKindFacts, writeKindDays } from "./store-kinds";
import { metricLines } from "./metric-lines";
import {
  METRICS_FILE,
  MONITOR_FILE,
  readErrorHistory,
  readRecords,
  writeDecisions,
  writeErrorRows,
  writeRecords,
} from "./monitor-folder";
import type { MonitorNight } from "./night";

export interface MonitorOptions {
  readonly lake: string;
  /** Folder of `evaluate` for the models that serve: their reference. */
  readonly evaluation: string;
  /** Folder of `batchScore` of an earlier night, some of whose days are known by now. */
  readonly forecasts: string;
  /** Folder of the night before; without it the history begins. */
  readonly previous?: string;
  readonly environment: string;
  /** Folder of the result; replaced as a whole. */
  readonly out: string;
}

export interface MonitorReport {
  readonly day: string;
  readonly newDays: number;
  readonly faults: number;
  readonly actions: readonly string[];
}

const MEMORY_MEGABYTES = 700;
/** Days that are kept: a reference, a quarter, and some to look back on. */
const KEPT_DAYS = 180;
const REFERENCE_DAYS = 42;
/** Days of the comparison of kinds of store. */
const KIND_DAYS = 14;

/** Judges the forecasts whose days have come: data first, then errors by category, then what to do. */
export async function monitor(options: MonitorOptions): Promise<MonitorReport> {
  const { lake, previous, environment, out } = options;
  const day = dayNumber((await readLake(lake)).cutoff);
  return replaceFolder(out, (folder) =>
    withLake(lake, { memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      await openForecastCells(database, options);
      const { faults, storeDays } = await findFaults(database, day);
      const { rows, reference, newDays } = await collectRows(database, options, faults, day);
      const earlier = previous === undefined ? [] : await readRecords(previous);
      const incidents = new Set(incidentDays(storeDays).keys());
      const kindDays = await collectKindDays(database, options, reference, day);
      const champions = (await readNightModels(options.forecasts))?.champion ?? {};
      const { findings, records, history, calibrations } = monitorNight({
        day,
        rows,
        reference: perCategory(() => reference),
        incidentDays: incidents,
        faults,
        records: earlier,
        openRetrains: [],
        kindDays,
        champions,
      });
      const inputs = await readInputSignals(database, {
        day,
        referenceTo: reference.to,
        incidentDays: incidents,
      });
      const isOrdinary = (each: number) => !isSpecialDay(each) && !incidents.has(each);
      const ordinary = kindDays.filter((entry) => isOrdinary(entry.day));
      const storeKinds = storeKindChange(
        ordinary.filter((entry) => entry.day <= reference.to),
        ordinary.filter((entry) => entry.day > Math.max(reference.to, day - KIND_DAYS)),
      );
      const night: MonitorNight = {
        day: isoDate(day),
        reference: { from: isoDate(reference.from), to: isoDate(reference.to) },
        ...{ findings, inputs, faults, storeKinds, records, calibrations, history: historyOf(rows) },
      };
      await writeErrorRows(folder, rows);
      await writeKindDays(folder, kindDays);
      await writeRecords(folder, history);
      await writeDecisions(folder, isoDate(day), records, calibrations);
      await writeFile(join(folder, MONITOR_FILE), `${JSON.stringify(night, undefined, 1)}\n`);
      const lines = metricLines(
        environment,
        day * MILLISECONDS_PER_DAY,
        categoryMetrics(night, rows, day, storeKindFacts(kindDays, day)),
      );
      await writeFile(join(folder, METRICS_FILE), lines.map((line) => `${line}\n`).join(""));
      const actions = records.filter(isTaken).map(({ scope, action }) => `${scope}: ${action}`);
      return { day: isoDate(day), newDays, faults: faults.length, actions };
    }),
  );
}

const MILLISECONDS_PER_DAY = 86_400_000;

/** Reference, history and the new days, each day once and the older reading kept: a night that runs again changes nothing. */
async function collectRows(
  database: Database,
  { previous }: MonitorOptions,
  faults: readonly DataFault[],
  day: number,
) {
  const evaluated = await readErrorRows(database, "reference_cells");
  if (evaluated.length === 0)
    throw new Error("the evaluation has no day that the lake knows: evaluate the models again");
  const to = evaluated.at(-1)!.day;
  const from = Math.max(evaluated[0]!.day, to - REFERENCE_DAYS + 1);
  const history = previous === undefined ? [] : await readErrorHistory(database, previous);
  const known = new Set(history.map((row) => row.day));
  const fresh = (await readErrorRows(database, "cells", leftOutOf(faults))).filter(
    (row) => row.day > to && row.day <= day && !known.has(row.day),
  );
  const rows = [
    ...evaluated.filter((row) => row.day >= from),
    ...history.filter((row) => row.day > to && row.day > day - KEPT_DAYS),
    ...fresh,
  ];
  return { rows, reference: { from, to }, newDays: new Set(fresh.map((row) => row.day)).size };
}

/** The same days by kind of store, for words and dashboards; the older reading kept as well. */
async function collectKindDays(
  database: Database,
  { previous }: MonitorOptions,
  reference: { readonly from: number; readonly to: number },
  day: number,
): Promise<KindDay[]> {
  const history = previous === undefined ? [] : await readKindHistory(previous);
  const known = new Set(history.map((entry) => entry.day));
  const later = (entry: KindDay) => entry.day > Math.max(reference.to, day - KEPT_DAYS) && entry.day <= day;
  return [
    ...(await readKindDays(database, "reference_cells")).filter((entry) => entry.day >= reference.from),
    ...history.filter(later),
    ...(await readKindDays(database, "cells")).filter((entry) => later(entry) && !known.has(entry.day)),
  ];
}

function leftOutOf(faults: readonly DataFault[]): LeftOut[] {
  return faults.flatMap((fault) => {
    if (fault.kind === "price-file") return [];
    const days = fault.kind === "till-clock" ? [fault.day, fault.bookedOn] : [fault.day];
    return days.map((day) => ({ storeCode: fault.store, day }));
  });
}

function historyOf(rows: readonly ErrorRow[]): MonitorNight["history"] {
  const of = (category: Category) => {
    const byDay = new Map<number, ErrorRow[]>();
    for (const row of rows) {
      if (row.category !== category) continue;
      const ofDay = byDay.get(row.day);
      if (ofDay) ofDay.push(row);
      else byDay.set(row.day, [row]);
    }
    return [...byDay].flatMap(([day, ofDay]) => {
      const wape = wapeOf(sumErrors(ofDay)).value;
      return wape === null ? [] : [{ day: isoDate(day), wape }];
    });
  };
  return perCategory(of);
}

const perCategory = <T>(of: (category: Category) => T) =>
  Object.fromEntries(CATEGORIES.map((category) => [category, of(category)])) as unknown as Readonly<
    Record<Category, T>
  >;
