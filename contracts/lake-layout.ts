/**
 * The lake is one folder of Parquet files:
 *
 *   lake.json                      what the folder holds: first day, cutoff, blocks
 *   daily/block=<nnn>/*.parquet    sales, one block per group of stores, sorted by store, SKU, day
 *   stores.parquet  products.parquet  weather.parquet  events.parquet  promotions.parquet
 *   truth/block=<nnn>/*.parquet    generated data only: what a perfect forecast would have known
 *
 * A block is the unit of sharding: one S3 prefix, one container. Every folder that is written per block names them alike.
 */
export function blockName(block: number): string {
  return `block=${String(block).padStart(3, "0")}`;
}

/** `lake` may be a folder or an S3 prefix: paths are plain strings with `/`. */
export const lakePaths = {
  summary: (lake: string) => `${lake}/lake.json`,
  daily: (lake: string, block?: number) =>
    `${lake}/daily/${block === undefined ? "block=*" : blockName(block)}/*.parquet`,
  truth: (lake: string, block?: number) =>
    `${lake}/truth/${block === undefined ? "block=*" : blockName(block)}/*.parquet`,
  master: (lake: string, table: "stores" | "products" | "weather" | "events" | "promotions") =>
    `${lake}/${table}.parquet`,
};
