/** Rows of features for the trees, column-major: one Float32Array per feature; NaN is "missing". */
export interface FeatureMatrix {
  /** Feature names in column order; the model file carries them. */
  readonly names: readonly string[];
  readonly rows: number;
  /** One column per name, each of `rows` values. */
  readonly columns: readonly Float32Array[];
}

/** Bytes of one feature value. */
const FLOAT32_BYTES = 4;

/** An empty matrix on shared memory: worker threads read such columns without a copy. */
export function sharedMatrix(names: readonly string[], rows: number): FeatureMatrix {
  const columns = names.map(() => new Float32Array(new SharedArrayBuffer(rows * FLOAT32_BYTES)));
  return { names, rows, columns };
}

/** Throws one clear line when names, columns and rows do not fit together. */
export function validateMatrix(matrix: FeatureMatrix): void {
  if (matrix.columns.length !== matrix.names.length) {
    throw new Error(`features: ${matrix.names.length} names but ${matrix.columns.length} columns`);
  }
  if (new Set(matrix.names).size !== matrix.names.length) {
    const twice = matrix.names.find((name, i) => matrix.names.indexOf(name) !== i);
    throw new Error(`features: the name "${twice}" occurs twice`);
  }
  matrix.columns.forEach((column, i) => {
    if (column.length !== matrix.rows) {
      throw new Error(`features: ${matrix.names[i]} has ${column.length} values, expected ${matrix.rows}`);
    }
  });
}
