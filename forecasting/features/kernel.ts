import { LAKE_FEATURE_NAMES } from "../../contracts/model-input";
import { featureIndex } from "./feature-list";
import { fillHistory, loadSeries, newSeriesSums, type HistoryColumns } from "./rolling";
import type { SeriesBlock } from "./series-block";

/**
 * The rows that features.sql defines, on typed arrays, for one block: the same join and the same windows.
 * A series' target days are consecutive, so what its store and its SKU bring to them is copied as two slices; only the
 * history is computed. Equality with the SQL is tested column by column.
 */
export interface DayTables {
  /** First target day of the tables, and the days in each row of them. */
  readonly fromDay: number;
  readonly dayCount: number;
  /** Position of each store_id and sku_id in its table; -1 for an id that is not in it. */
  readonly storePositions: Int32Array;
  readonly skuPositions: Int32Array;
  /** One array per column: position x dayCount + day - fromDay. */
  readonly storeColumns: Readonly<Record<string, Float32Array>>;
  readonly skuColumns: Readonly<Record<string, Float32Array>>;
}

/** Target days of the rows, both included, and the last day whose sales may be read or be a label. */
export interface TargetRange {
  readonly fromDay: number;
  readonly toDay: number;
  readonly cutoff: number;
}

/** What `next` fills; of any length. */
export interface BatchBuffers {
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly days: Int32Array;
  readonly units: Float32Array;
  readonly features: readonly Float32Array[];
}

export function newBatchBuffers(capacity: number): BatchBuffers {
  return {
    storeIds: new Int32Array(capacity),
    skuIds: new Int32Array(capacity),
    days: new Int32Array(capacity),
    units: new Float32Array(capacity),
    features: LAKE_FEATURE_NAMES.map(() => new Float32Array(capacity)),
  };
}

/** Below this many values a loop is faster than a typed-array copy. */
const SHORT_RUN = 48;

interface Copy {
  readonly from: Float32Array;
  readonly to: Float32Array;
}

/** Returns a function that fills the buffers with the block's next rows and returns how many; 0 is the end. */
export function featureRows(
  block: SeriesBlock,
  tables: DayTables,
  range: TargetRange,
  buffers: BatchBuffers,
): () => number {
  const capacity = buffers.units.length;
  const sums = newSeriesSums();
  const history = historyColumns(buffers);
  const storeCopies = copiesOf(tables.storeColumns, buffers);
  const skuCopies = copiesOf(tables.skuColumns, buffers);
  let series = -1;
  let day = 1;
  let lastDay = 0;
  let firstDay = 0;

  const nextSeries = (): boolean => {
    while (++series < block.seriesCount) {
      firstDay = block.firstDays[series] as number;
      if (firstDay > range.cutoff) continue;
      day = Math.max(range.fromDay, firstDay);
      lastDay = Math.min(range.toDay, lastTargetDay(block, series, range.cutoff));
      if (day > lastDay) continue;
      loadSeries(sums, block, series, range.cutoff);
      return true;
    }
    return false;
  };

  return () => {
    let at = 0;
    while (at < capacity) {
      if (day > lastDay && !nextSeries()) break;
      const count = Math.min(lastDay - day + 1, capacity - at);
      const storeId = block.storeIds[series] as number;
      const skuId = block.skuIds[series] as number;
      buffers.storeIds.fill(storeId, at, at + count);
      buffers.skuIds.fill(skuId, at, at + count);
      for (let i = 0; i < count; i++) buffers.days[at + i] = day + i;
      fillHistory(sums, day - firstDay, count, history, buffers.units, at);
      const offset = day - tables.fromDay;
      const storeAt = positionOf(tables.storePositions, storeId, "store") * tables.dayCount + offset;
      const skuAt = positionOf(tables.skuPositions, skuId, "SKU") * tables.dayCount + offset;
      for (const copy of storeCopies) copyRun(copy, storeAt, at, count);
      for (const copy of skuCopies) copyRun(copy, skuAt, at, count);
      day += count;
      at += count;
    }
    return at;
  };
}

/** A series that ended before the cutoff was taken off: it has no days to come. */
function lastTargetDay(block: SeriesBlock, series: number, cutoff: number): number {
  const length = (block.offsets[series + 1] as number) - (block.offsets[series] as number);
  const end = (block.firstDays[series] as number) + length - 1;
  return end < cutoff ? end : Infinity;
}

function positionOf(positions: Int32Array, id: number, what: string): number {
  const position = positions[id] ?? -1;
  if (position < 0) throw new Error(`${what} ${id} has sales but is not in its master`);
  return position;
}

function copyRun({ from, to }: Copy, source: number, target: number, count: number): void {
  if (count >= SHORT_RUN) {
    to.set(from.subarray(source, source + count), target);
    return;
  }
  for (let i = 0; i < count; i++) to[target + i] = from[source + i] as number;
}

function copiesOf(columns: Readonly<Record<string, Float32Array>>, buffers: BatchBuffers): Copy[] {
  return Object.entries(columns).map(([name, from]) => ({ from, to: bufferOf(buffers, name) }));
}

function bufferOf(buffers: BatchBuffers, name: string): Float32Array {
  return buffers.features[featureIndex(name)] as Float32Array;
}

function historyColumns(buffers: BatchBuffers): HistoryColumns {
  const of = (name: string) => bufferOf(buffers, name);
  return {
    lag7: of("lag_7"),
    lag14: of("lag_14"),
    lag28: of("lag_28"),
    mean7: of("mean_7"),
    std7: of("std_7"),
    mean14: of("mean_14"),
    std14: of("std_14"),
    mean28: of("mean_28"),
    std28: of("std_28"),
    mean112: of("mean_112"),
    weekdayMean: of("weekday_mean"),
    promoShare28: of("promo_share_28"),
  };
}
