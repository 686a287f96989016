import { BASELINE_FEATURE_NAMES } from "../../contracts/model-input";
import { tellsDemand } from "../../forecasting/methods/series-days";
import { chooseRows, mixtureOf } from "../../forecasting/selection/chosen-baseline";
import type { Selection } from "../../forecasting/selection/select-forecasters";
import { ParquetWriter, type ParquetColumn } from "../engine/parquet/parquet-writer";
import type { MethodRows } from "./method-rows";

/** Of one block, below block=<nnn>/ of the folder of `fitBaseline`. */
export const BASELINE_ROWS_FILE = "baseline.parquet";

const COLUMNS: readonly ParquetColumn[] = [
  { name: "store_id", type: "INTEGER" },
  { name: "sku_id", type: "INTEGER" },
  { name: "day", type: "DATE" },
  ...["baseline", "sql_baseline", "naive", "moving_average", ...BASELINE_FEATURE_NAMES, "sold", "demand"].map(
    (name) => ({ name, type: "FLOAT" as const }),
  ),
  ...["row_state", "day_state", "demand_class"].map((name) => ({ name, type: "INTEGER" as const })),
];
/** Rows of a row group. */
const GROUP_ROWS = 122_880;

/** The mixture of each row's category and class, whole runs at once. */
function chosenOf(rows: MethodRows, selection: Selection): Float32Array {
  const chosen = new Float32Array(rows.rowCount);
  for (let from = 0; from < rows.rowCount;) {
    const [category, demandClass] = [rows.categories[from]!, rows.demandClasses[from]!];
    let to = from + 1;
    while (to < rows.rowCount && rows.categories[to] === category && rows.demandClasses[to] === demandClass)
      to++;
    chooseRows(mixtureOf(selection, category, demandClass), rows.methods, chosen, from, to);
    from = to;
  }
  return chosen;
}

/** Sold units of the days that tell the demand, NaN on the others. */
function demandOf({ sold, dayStates }: MethodRows, countsRanOut: boolean): Float32Array {
  return sold.map((units, row) => (tellsDemand(dayStates[row]!, countsRanOut) ? units : NaN));
}

/** Writes the rows of one block, in their order. */
export async function writeBaselineRows(
  path: string,
  rows: MethodRows,
  selection: Selection,
  countsRanOut: boolean,
): Promise<void> {
  const chosen = chosenOf(rows, selection);
  const { methods } = rows;
  const values = [
    ...[rows.storeIds, rows.skuIds, rows.days, chosen],
    ...[methods["SQL baseline"], methods["seasonal naive"], methods["moving average"]],
    ...[
      ...rows.features,
      rows.sold,
      demandOf(rows, countsRanOut),
      rows.rowStates,
      rows.dayStates,
      rows.demandClasses,
    ],
  ];
  const writer = await ParquetWriter.open(path, COLUMNS, GROUP_ROWS);
  for (let start = 0; start < rows.rowCount; start += GROUP_ROWS) {
    const count = Math.min(GROUP_ROWS, rows.rowCount - start);
    await writer.write(
      values.map((column) => column.subarray(start, start + count)),
      count,
    );
  }
  await writer.close();
}
