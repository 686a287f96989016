import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import { BESIDE_MODEL_INPUT, MODEL_INPUT_NAMES } from "../../contracts/model-input";
import { KEY_COLUMNS } from "../../forecasting/features/feature-list";
import { type ParquetColumn, ParquetWriter } from "../engine/parquet/parquet-writer";
import type { ScoringRows } from "./score-block";

/** Of one block, beside its forecasts: records of the feature group store-sku-sales, one a store, SKU and day. */
export const ONLINE_ROWS_FILE = "online.parquet";

const COLUMNS: readonly ParquetColumn[] = [
  ...KEY_COLUMNS,
  ...[...MODEL_INPUT_NAMES, ...BESIDE_MODEL_INPUT.map(({ name }) => name)].map((name) => ({
    name,
    type: "FLOAT" as const,
  })),
];

/** Rows of a row group: 17 MB of all columns. */
const GROUP_ROWS = 100_000;

/** Keeps the rows of a block as they pass by; their arrays are filled anew by the next batch. */
export class OnlineRows {
  private readonly batches: (Int32Array | Float32Array)[][] = [];

  public add({ storeIds, skuIds, days, features, baseline, naive }: ScoringRows): void {
    const units = new Float32Array(features.rows).fill(NaN);
    const columns = [storeIds, skuIds, days, units, ...features.columns, baseline, naive];
    this.batches.push(columns.map((values) => values.slice(0, features.rows)));
  }

  public async write(out: string, block: number): Promise<void> {
    const writer = await ParquetWriter.open(
      join(out, blockName(block), ONLINE_ROWS_FILE),
      COLUMNS,
      GROUP_ROWS,
    );
    try {
      for (const columns of this.batches) await writer.write(columns, columns[0]!.length);
      await writer.close();
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }
}
