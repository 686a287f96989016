import { FEATURES, KEY_COLUMNS } from "../../forecasting/features/feature-list";
import {
  featureRows,
  newBatchBuffers,
  type DayTables,
  type TargetRange,
} from "../../forecasting/features/kernel";
import type { SeriesBlock } from "../../forecasting/features/series-block";
import { SOURCE_ROWS, type ColumnSource } from "../local/duckdb-source";

/** The kernel's rows as a table function: call `load` with a block, then scan it once. */
export interface FeatureSource {
  readonly source: ColumnSource;
  readonly load: (block: SeriesBlock, tables: DayTables, range: TargetRange) => void;
  readonly rowCount: () => number;
}

export function featureSource(name: string): FeatureSource {
  const buffers = newBatchBuffers(SOURCE_ROWS);
  let rows: () => number = () => 0;
  let rowCount = 0;
  return {
    source: {
      name,
      columns: [
        ...KEY_COLUMNS.map((column) => ({ ...column, nullable: column.type === "FLOAT" })),
        ...FEATURES.map((feature) => ({ name: feature.name, type: "FLOAT" as const, nullable: true })),
      ],
      buffers: [buffers.storeIds, buffers.skuIds, buffers.days, buffers.units, ...buffers.features],
      next: () => {
        const count = rows();
        rowCount += count;
        return count;
      },
    },
    load: (block, tables, range) => {
      rows = featureRows(block, tables, range, buffers);
      rowCount = 0;
    },
    rowCount: () => rowCount,
  };
}
