import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { blockName, lakePaths } from "../../contracts/lake-layout";
import { segmentKind } from "../../forecasting/drift/error-row";
import { unitsOfAnswer } from "../../contracts/model-input";
import { LISTED_MAX, TRANSFORM_KEYS } from "../../contracts/run-documents";
import { VARIANTS, type Variant } from "../../contracts/variants";
import { columnAs, type ColumnBatch } from "../engine/duckdb/columns";
import { CSV_BUFFERS } from "../engine/duckdb/csv-buffers";
import { type Database, quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";
import type { Lacks } from "./completeness";
import type { BlockForecasts, ForecastMemory } from "./score-block";

export interface CollectedBlock {
  readonly forecasts: BlockForecasts;
  readonly lacks: Lacks;
}

/** Answers of the models and the series that need them, before they are judged. */
interface Answers {
  readonly batch: ColumnBatch;
  readonly count: number;
}

/**
 * The forecasts of one block from the files that Batch Transform wrote. A day without a usable answer of the champion is left
 * out and said; without one of the challenger, the champion's stands for it, as where there is no challenger.
 */
export async function collectBlock(
  database: Database,
  given: {
    readonly lake: string;
    readonly answers: string;
    readonly cutoff: string;
    readonly block: number;
    readonly factors?: readonly number[];
  },
  memory: ForecastMemory,
): Promise<CollectedBlock> {
  const { lake, answers, cutoff, block, factors } = given;
  const promotions = quote(lakePaths.master(globSafe(lake), "promotions"));
  const [kindColumns, kindJoin] = factors
    ? [
        ", date_diff('day', p.launched_on, e.day)::INTEGER AS age, (o.sku_id IS NOT NULL)::TINYINT AS is_promoted",
        `LEFT JOIN (SELECT DISTINCT sku_id, day FROM read_parquet(${promotions})) o USING (sku_id, day)`,
      ]
    : ["", ""];
  // One after the other: a CSV reader holds buffers for as long as its statement runs.
  for (const variant of VARIANTS) {
    await database.run(`CREATE OR REPLACE TABLE ${variant} AS ${answersOf(answers, variant, block)}`);
  }
  const batch = await database.columns(`
    WITH series AS (
      SELECT store_id, sku_id FROM read_parquet(${quote(lakePaths.daily(globSafe(lake), block))}, hive_partitioning = false)
      GROUP BY ALL HAVING max(day) = DATE '${cutoff}'
    ), expected AS (
      SELECT store_id, sku_id, (DATE '${cutoff}' + 1 + i::INTEGER)::DATE AS day FROM series, range(${HORIZON_DAYS}) days (i)
    )
    SELECT e.store_id, e.sku_id, e.day, list_position(${list(CATEGORIES)}, p.category) - 1 AS category,
      (a.store_id IS NOT NULL)::TINYINT AS is_found, a.factor, a.baseline, a.naive, a.sql_baseline,
      b.factor AS challenger_factor, s.store_code, p.sku_code${kindColumns}
    FROM expected e JOIN stores s USING (store_id) JOIN products p USING (sku_id)
    ${kindJoin}
    LEFT JOIN champion a USING (store_id, sku_id, day) LEFT JOIN challenger b USING (store_id, sku_id, day)
    ORDER BY e.store_id, e.sku_id, e.day`);
  return judged({ batch, count: batch.rowCount }, block, memory, factors);
}

const list = (names: readonly string[]) => `[${names.map(quote).join(", ")}]`;

const TYPES: Readonly<Record<string, string>> = { store_id: "INTEGER", sku_id: "INTEGER", day: "DATE" };
const ANSWER_COLUMNS = [...TRANSFORM_KEYS, "factor"].map((name) => ({ name, type: TYPES[name] ?? "FLOAT" }));

/** All categories' answers of a variant; no rows where the job wrote none. */
function answersOf(answers: string, variant: Variant, block: number): string {
  const files = CATEGORIES.flatMap((category) =>
    filesBelow(join(answers, variant, category), `${blockName(block)}.csv.out`),
  );
  if (files.length === 0) {
    return `SELECT ${ANSWER_COLUMNS.map(({ name, type }) => `NULL::${type} AS ${name}`).join(", ")} WHERE false`;
  }
  const columns = ANSWER_COLUMNS.map(({ name, type }) => `${name}: '${type}'`).join(", ");
  return `FROM read_csv(${list(files)}, header = false, delim = ',', columns = {${columns}}, ${CSV_BUFFERS})`;
}

/** S3 keeps the folders of the input below the output's. */
function filesBelow(folder: string, name: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path === name || path.endsWith(`/${name}`))
    .map((path) => join(folder, path));
}

function judged(
  { batch, count }: Answers,
  block: number,
  memory: ForecastMemory,
  factors: readonly number[] | undefined,
): CollectedBlock {
  const ints = (name: string) => columnAs(batch, name, Int32Array);
  const floats = (name: string) => columnAs(batch, name, Float32Array);
  const [stores, skus, days] = [ints("store_id"), ints("sku_id"), ints("day")];
  const categories = columnAs(batch, "category", Int32Array);
  const found = columnAs(batch, "is_found", Int8Array);
  const [factor, baseline, challenger] = [floats("factor"), floats("baseline"), floats("challenger_factor")];
  const [naive, sqlBaseline] = [floats("naive"), floats("sql_baseline")];
  const calibrationOf = factors ? calibrations(batch, categories, factors) : undefined;
  const lacks = new LacksOfBlock(block, batch);
  const out = memory.forecasts(count);
  let rows = 0;
  for (let row = 0; row < count; row++) {
    if (
      row > 0 &&
      stores[row] === stores[row - 1] &&
      skus[row] === skus[row - 1] &&
      days[row] === days[row - 1]
    )
      throw new Error(
        `answers of block ${block} hold store ${stores[row]}, SKU ${skus[row]} twice for one day`,
      );
    if (!lacks.isUsable(row, categories[row]!, found[row] === 1, factor[row]!)) continue;
    out.storeIds[rows] = stores[row]!;
    out.skuIds[rows] = skus[row]!;
    out.days[rows] = days[row]!;
    out.categories[rows] = categories[row]!;
    const ofModel = unitsOfAnswer(factor[row]!, baseline[row]!);
    const calibration = calibrationOf?.(row) ?? 1;
    if (out.calibration) out.calibration[rows] = calibration;
    out.mean[rows] = ofModel * calibration;
    const other = challenger[row]!;
    out.challengerMean[rows] = other >= 0 ? unitsOfAnswer(other, baseline[row]!) : ofModel;
    out.baseline[rows] = sqlBaseline[row]!;
    out.naive[rows] = naive[row]!;
    rows++;
  }
  return { forecasts: memory.forecasts(rows), lacks: lacks.all() };
}

/** What each row is multiplied by: neither a new SKU nor one on a planned offer has the bias that was measured. */
function calibrations(batch: ColumnBatch, categories: Int32Array, factors: readonly number[]) {
  const ages = columnAs(batch, "age", Int32Array);
  const promoted = columnAs(batch, "is_promoted", Int8Array);
  return (row: number) =>
    segmentKind(ages[row]!, promoted[row] === 1) === "regular" ? factors[categories[row]!]! : 1;
}

class LacksOfBlock {
  private readonly expected = CATEGORIES.map(() => 0);
  private readonly found = CATEGORIES.map(() => 0);
  private nanCount = 0;
  private negativeCount = 0;
  private missingSeriesCount = 0;
  private readonly missing: { store: string; sku: string; days: number }[] = [];
  private readonly stores = new Set<string>();
  private readonly skus = new Set<string>();
  private last: { readonly store: string; readonly sku: string; days: number } | undefined;

  public constructor(
    private readonly block: number,
    private readonly batch: ColumnBatch,
  ) {}

  /** Counts the row on the way. */
  public isUsable(row: number, category: number, isFound: boolean, factor: number): boolean {
    this.expected[category]!++;
    if (isFound && factor >= 0) {
      this.found[category]!++;
      return true;
    }
    if (isFound && Number.isNaN(factor)) this.nanCount++;
    if (isFound && factor < 0) this.negativeCount++;
    this.list(row);
    return false;
  }

  public all(): Lacks {
    const { block, expected, found, nanCount, negativeCount, missingSeriesCount, missing, stores, skus } =
      this;
    return { block, expected, found, nanCount, negativeCount, missingSeriesCount, missing, stores, skus };
  }

  private list(row: number): void {
    const [store = "", sku = ""] = ["store_code", "sku_code"].map((name) =>
      String(this.batch.columns[name]![row]),
    );
    // The days of a series follow one another.
    if (this.last?.store !== store || this.last.sku !== sku) {
      this.last = { store, sku, days: 0 };
      this.missingSeriesCount++;
      this.stores.add(store);
      this.skus.add(sku);
      if (this.missing.length < LISTED_MAX) this.missing.push(this.last);
    }
    this.last.days++;
  }
}
