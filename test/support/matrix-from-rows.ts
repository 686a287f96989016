import type { FeatureMatrix } from "../../forecasting/feature-matrix";

/** A matrix from rows of plain numbers; undefined is missing. */
export function matrixFromRows(
  names: readonly string[],
  rows: readonly (readonly (number | undefined)[])[],
): FeatureMatrix {
  const columns = names.map((_, c) => Float32Array.from(rows, (row) => row[c] ?? NaN));
  return { names, rows: rows.length, columns };
}
