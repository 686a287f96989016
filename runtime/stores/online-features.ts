/** Model input of one store, SKU and day, as the night wrote it to the online store. */
export interface FeatureRow {
  /** The day that the row is for, ISO date: an identifier only says the weekday. */
  readonly day: string;
  /** One line of the model's input (modelInputCsv). */
  readonly csv: string;
  /** 0 on a day on which the store is closed or no longer sells the SKU. */
  readonly baseline: number;
  /** Undefined where there was no such day. */
  readonly naive: number | undefined;
}

/** Identifiers of one call: SageMaker's BatchGetRecord takes no more. */
export const MAX_BATCH_IDENTIFIERS = 100;

export interface FeatureBatch {
  /** By identifier; one that is not in the store has no row. */
  readonly rows: ReadonlyMap<string, FeatureRow>;
  /** What the store did not get to: not missing, and to be asked for again. */
  readonly unprocessed: readonly string[];
}

export interface OnlineFeatures {
  /** @param identifiers of contracts/feature-groups.ts, at most MAX_BATCH_IDENTIFIERS */
  readBatch(identifiers: readonly string[], signal: AbortSignal): Promise<FeatureBatch>;
}
