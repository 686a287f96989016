export interface StoredObject {
  readonly content: Buffer;
  /** Names this content; another content has another one. */
  readonly etag: string;
}

/** What must be true for a write to happen. */
export type WriteCondition = { readonly ifAbsent: true } | { readonly ifMatch: string };

/** Files by key: those of an S3 bucket, or of a folder. */
export interface ObjectStore {
  /** Undefined where there is no such key. */
  get(key: string): Promise<StoredObject | undefined>;
  /** @returns the new ETag; undefined when the condition does not hold, and nothing was written */
  put(key: string, content: string, condition: WriteCondition): Promise<string | undefined>;
}
