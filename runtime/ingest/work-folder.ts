import { globSafe } from "../engine/duckdb/glob-safe";

/** Where the lines and their daily sums lie: in the lake, so that a new day can be added to them. */
export const STATE_FOLDER = "state";

export const workPaths = {
  state: (lake: string) => `${lake}/${STATE_FOLDER}`,
  lines: (lake: string) => `${lake}/${STATE_FOLDER}/lines`,
  /** Lines of one group of stores, or of all. */
  linesOf: (lake: string, group: number | "*") =>
    `${globSafe(lake)}/${STATE_FOLDER}/lines/part=*/stores=${group}/*.parquet`,
  sold: (lake: string, group: number) => `${lake}/${STATE_FOLDER}/sold/stores=${group}`,
  soldOf: (lake: string, group: number | "*") =>
    `${globSafe(lake)}/${STATE_FOLDER}/sold/stores=${group}/*.parquet`,
  inputs: (lake: string) => `${lake}/${STATE_FOLDER}/inputs`,
  summary: (lake: string) => `${lake}/${STATE_FOLDER}/ingest.json`,
};
