import { MODEL_INPUT_NAMES } from "../../contracts/model-input";

/** The rows of one block that models score, in the order store, SKU, day. */
export interface RowColumns {
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly days: Int32Array;
  /** 0 for days that are not open. */
  readonly baseline: Float32Array;
  readonly naive: Float32Array;
  readonly sqlBaseline: Float32Array;
  /** In the order of MODEL_INPUT. */
  readonly features: readonly Float32Array[];
}

/**
 * The rows of one block after the other in the same arrays: each is valid until the next. DuckDB keeps what a table was
 * made from for as long as it lives.
 */
export class RowMemory {
  private all = newRows(0);

  public rows(count: number): RowColumns {
    if (count > this.all.storeIds.length) this.all = newRows(Math.ceil(count * 1.1));
    const { features, ...keys } = this.all;
    return {
      storeIds: keys.storeIds.subarray(0, count),
      skuIds: keys.skuIds.subarray(0, count),
      days: keys.days.subarray(0, count),
      baseline: keys.baseline.subarray(0, count),
      naive: keys.naive.subarray(0, count),
      sqlBaseline: keys.sqlBaseline.subarray(0, count),
      features: features.map((values) => values.subarray(0, count)),
    };
  }
}

function newRows(count: number): RowColumns {
  const ints = () => new Int32Array(count);
  const floats = () => new Float32Array(count);
  return {
    ...{ storeIds: ints(), skuIds: ints(), days: ints() },
    ...{ baseline: floats(), naive: floats(), sqlBaseline: floats() },
    features: MODEL_INPUT_NAMES.map(floats),
  };
}
