import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MODEL_INPUT_NAMES } from "../../contracts/model-input";
import type { TrainingData } from "../../forecasting/trees/train-trees";
import { columnAs } from "../engine/duckdb/columns";
import { CSV_BUFFERS } from "../engine/duckdb/csv-buffers";
import { type Database, quote } from "../engine/duckdb/database";

/** What the built-in XGBoost reads from a channel with csv_weights=1: label, weight, input. Undefined for an empty one. */
export async function readChannel(database: Database, folder: string): Promise<TrainingData | undefined> {
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".csv"))
        .sort()
    : [];
  if (files.length === 0) return undefined;
  const names = Array.from({ length: MODEL_INPUT_NAMES.length + 2 }, (_, i) => `c${i}`);
  const list = files.map((name) => quote(join(folder, name))).join(", ");
  const batch = await database.columns(
    `FROM read_csv([${list}], header = false, delim = ',', columns = {${names.map((name) => `${name}: 'FLOAT'`).join(", ")}}, ${CSV_BUFFERS})`,
  );
  const [label, weight, ...columns] = names.map((name) => columnAs(batch, name, Float32Array));
  // A CSV file has no names, and the container gives the model none.
  const features = { names: columns.map((_, i) => `f${i}`), rows: batch.rowCount, columns };
  return { features, label: label!, weight: weight! };
}
