import { QUANTILE_LEVELS } from "../../forecasting/evaluation/quantile-accuracy";
import { featureIndex } from "../../forecasting/features/feature-list";
import {
  featureRows,
  newBatchBuffers,
  type BatchBuffers,
  type DayTables,
} from "../../forecasting/features/kernel";
import type { SeriesBlock } from "../../forecasting/features/series-block";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { BASELINE_FEATURE_NAMES, type BaselineFeature, MODEL_INPUT_NAMES } from "../../contracts/model-input";
import type { Forecaster, ModelRows } from "../../forecasting/models/demand-model";
import { goesOn } from "../../forecasting/baseline/baseline-tables";
import {
  computeLevels,
  fillBaseline,
  newBaselineScratch,
  type BaselineColumns,
} from "../../forecasting/baseline/baseline-kernel";
import type { ChainOutlook } from "../../forecasting/baseline/chain-sums";
import type { Trends } from "../../forecasting/baseline/trends";
import { ROW_STATE } from "../../forecasting/selection/chosen-baseline";
import { seriesAt, type CellBlock } from "./cell-block";
import { ChosenRows, openingsOf } from "./chosen-rows";
import type { ScoreTables } from "./score-tables";

/** Champion and challenger of each category, by position in CATEGORIES. */
export interface ScoringModels {
  readonly champion: readonly (Forecaster | undefined)[];
  readonly challenger: readonly (Forecaster | undefined)[];
}

/** What the first passes computed of the whole chain. */
export interface Outlook {
  readonly chain: ChainOutlook;
  readonly trends: Trends;
}

/** Series whose rows are in memory at the same time: 8,190 rows of 37 columns are 1.2 MB. */
const BATCH_SERIES = 1170;

/** The rows of one block, forecast: HORIZON_DAYS rows per series in the order of the block. */
export interface BlockForecasts {
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly days: Int32Array;
  readonly categories: Int32Array;
  readonly mean: Float32Array;
  readonly challengerMean: Float32Array;
  /** Expected units by the SQL baseline, and the same weekday of last week. */
  readonly baseline: Float32Array;
  readonly naive: Float32Array;
  /** What `mean` was multiplied by to set its level right; absent where no category is. */
  readonly calibration?: Float32Array;
  /** One array per QUANTILE_LEVELS; `fillQuantiles` fills them. */
  readonly quantiles: readonly Int32Array[];
}

/**
 * The forecasts of one block after the other in the same arrays: each is valid until the next. DuckDB keeps what a block
 * was written from for as long as it lives, so new arrays for every block would add up.
 */
export class ForecastMemory {
  private capacity = 0;
  private all: BlockForecasts;

  public constructor(private readonly isCalibrated = false) {
    this.all = newForecasts(0, isCalibrated);
  }

  public forecasts(rows: number): BlockForecasts {
    if (rows > this.capacity) {
      this.capacity = Math.ceil(rows * 1.1);
      this.all = newForecasts(this.capacity, this.isCalibrated);
    }
    const { storeIds, skuIds, days, categories, mean, challengerMean, baseline, naive } = this.all;
    const { calibration, quantiles } = this.all;
    return {
      storeIds: storeIds.subarray(0, rows),
      skuIds: skuIds.subarray(0, rows),
      days: days.subarray(0, rows),
      categories: categories.subarray(0, rows),
      mean: mean.subarray(0, rows),
      challengerMean: challengerMean.subarray(0, rows),
      baseline: baseline.subarray(0, rows),
      naive: naive.subarray(0, rows),
      ...(calibration ? { calibration: calibration.subarray(0, rows) } : {}),
      quantiles: quantiles.map((values) => values.subarray(0, rows)),
    };
  }
}

function newForecasts(rows: number, isCalibrated: boolean): BlockForecasts {
  const ints = () => new Int32Array(rows);
  const floats = () => new Float32Array(rows);
  return {
    storeIds: ints(),
    skuIds: ints(),
    days: ints(),
    categories: ints(),
    mean: floats(),
    challengerMean: floats(),
    baseline: floats(),
    naive: floats(),
    ...(isCalibrated ? { calibration: floats() } : {}),
    quantiles: QUANTILE_LEVELS.map(ints),
  };
}

/** Rows of a batch with the features of the models, the kernel's and the baseline's. */
export interface ScoringRows extends ModelRows {
  /** What the SQL baseline expects; `baseline` is the chosen one. */
  readonly sqlBaseline: Float32Array;
  /** ROW_STATE of each row: all but open rows are forecast as 0. */
  readonly states: Int32Array;
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly days: Int32Array;
}

function newBaselineColumns(rows: number): BaselineColumns {
  const column = () => new Float32Array(rows);
  return {
    baseline: column(),
    naive: column(),
    level: column(),
    factor: column(),
    weekRatio: column(),
    monthRatio: column(),
    weekdayRatio: column(),
    chainTrend: column(),
    categoryTrend: column(),
    storeTrend: column(),
  };
}

/** The baseline's features by the names that the models know. */
function baselineFeature(columns: BaselineColumns, name: BaselineFeature): Float32Array {
  const byName: Record<BaselineFeature, Float32Array> = {
    baseline_level: columns.level,
    baseline_factor: columns.factor,
    week_ratio: columns.weekRatio,
    month_ratio: columns.monthRatio,
    weekday_ratio: columns.weekdayRatio,
    chain_trend: columns.chainTrend,
    category_trend: columns.categoryTrend,
    store_trend: columns.storeTrend,
  };
  return byName[name];
}

function rowsOf(
  buffers: BatchBuffers,
  columns: BaselineColumns,
  chosen: ChosenRows,
  count: number,
): ScoringRows {
  const cut = (values: Float32Array) => values.subarray(0, count);
  const features = [
    ...buffers.features,
    ...BASELINE_FEATURE_NAMES.map((name) => baselineFeature(columns, name)),
  ];
  return {
    storeIds: buffers.storeIds.subarray(0, count),
    skuIds: buffers.skuIds.subarray(0, count),
    days: buffers.days.subarray(0, count),
    features: { names: MODEL_INPUT_NAMES, rows: count, columns: features.map(cut) },
    baseline: cut(chosen.chosen),
    sqlBaseline: cut(columns.baseline),
    naive: cut(chosen.naive),
    states: chosen.states.subarray(0, count),
  };
}

/** The chain's mean is known after the first pass only: it goes into the SKUs' table. */
function withChainMean(days: DayTables, chain: ChainOutlook): DayTables {
  return { ...days, skuColumns: { ...days.skuColumns, chain_mean_28: chain.mean } };
}

/** The series that have days to come. */
export function runningSeries(block: CellBlock, { baseline }: ScoreTables): number[] {
  const all = Array.from(block.storeIds, (_, series) => series);
  return all.filter((series) => goesOn(baseline, seriesAt(block, series)));
}

/** The model's rows of one block, batch by batch; the arrays are reused by the next batch. */
export function* scoringRows(
  block: CellBlock,
  series: SeriesBlock,
  tables: ScoreTables,
  outlook: Outlook,
): Generator<ScoringRows> {
  const capacity = BATCH_SERIES * HORIZON_DAYS;
  const buffers = newBatchBuffers(capacity);
  const columns = newBaselineColumns(capacity);
  const scratch = newBaselineScratch();
  const next = featureRows(series, withChainMean(tables.days, outlook.chain), tables.range, buffers);
  const running = runningSeries(block, tables);
  const chosen = new ChosenRows(tables, openingsOf(block, tables), capacity);
  let index = 0;
  for (let count = next(); count > 0; count = next()) {
    for (let at = 0; at < count; at += HORIZON_DAYS) {
      const cells = seriesAt(block, running[index++]!);
      computeLevels(tables.baseline, outlook.chain, cells, scratch);
      fillBaseline(tables.baseline, outlook, cells, scratch, columns, at);
      chosen.fill(cells, columns, at);
    }
    yield rowsOf(buffers, columns, chosen, count);
  }
}

/**
 * Forecasts every series of a block with both models of its category.
 *
 * @param onRows is shown each batch of the models' rows; they are valid during the call only
 */
export function scoreBlock(
  block: CellBlock,
  series: SeriesBlock,
  tables: ScoreTables,
  outlook: Outlook,
  models: ScoringModels,
  memory: ForecastMemory,
  onRows?: (rows: ScoringRows) => void,
): BlockForecasts {
  const out = memory.forecasts(runningSeries(block, tables).length * HORIZON_DAYS);
  const buffers = newModelRows(BATCH_SERIES * HORIZON_DAYS);
  let done = 0;
  for (const batch of scoringRows(block, series, tables, outlook)) {
    onRows?.(batch);
    out.storeIds.set(batch.storeIds, done);
    out.skuIds.set(batch.skuIds, done);
    out.days.set(batch.days, done);
    const categories = batch.features.columns[featureIndex("category")]!;
    out.categories.set(categories, done);
    out.baseline.set(batch.sqlBaseline, done);
    out.naive.set(batch.naive, done);
    // A category that no model was trained for: the baseline as it is, as the bootstrap model answers.
    out.mean.set(batch.baseline, done);
    out.challengerMean.set(batch.baseline, done);
    for (const [category, champion] of models.champion.entries()) {
      if (!champion) continue;
      const positions = positionsWhere(categories, category);
      const input = rowsAt(batch, positions, buffers);
      const champions = champion.score(input);
      const challengers = models.challenger[category]?.score(input) ?? champions;
      for (let i = 0; i < positions.length; i++) {
        out.mean[done + positions[i]!] = champions[i]!;
        out.challengerMean[done + positions[i]!] = challengers[i]!;
      }
    }
    batch.states.forEach((state, row) => {
      if (state !== ROW_STATE.open) out.mean[done + row] = out.challengerMean[done + row] = 0;
    });
    done += batch.features.rows;
  }
  return out;
}

function positionsWhere(values: Float32Array, category: number): Int32Array {
  const positions = new Int32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) if (values[row] === category) positions[count++] = row;
  return positions.subarray(0, count);
}

/** Copies the rows at some positions into the front of `buffers`: new arrays would be gigabytes of garbage. */
function rowsAt(rows: ModelRows, positions: Int32Array, buffers: ModelRows): ModelRows {
  const take = (values: Float32Array, target: Float32Array) => {
    for (let i = 0; i < positions.length; i++) target[i] = values[positions[i]!]!;
    return target.subarray(0, positions.length);
  };
  const columns = rows.features.columns.map((column, f) => take(column, buffers.features.columns[f]!));
  return {
    features: { names: rows.features.names, rows: positions.length, columns },
    baseline: take(rows.baseline, buffers.baseline),
    naive: take(rows.naive, buffers.naive),
  };
}

function newModelRows(capacity: number): ModelRows {
  const column = () => new Float32Array(capacity);
  const features = { names: MODEL_INPUT_NAMES, rows: capacity, columns: MODEL_INPUT_NAMES.map(column) };
  return { features, baseline: column(), naive: column() };
}
