export interface IngestOptions {
  /** A folder with files of all tables, or one file of sales. */
  readonly input: string;
  /** Folder of the lake; replaced as a whole. */
  readonly lake: string;
  /** No sale can be later than this ISO date. */
  readonly today: string;
  /** Where a failed run leaves its rejected rows; a whole one has them in the lake. @default beside the lake */
  readonly rejected?: string;
  /** A config object, or the path of a YAML file with one. @default the folder's smartretail.data.yaml, else built-in names */
  readonly config?: string | object;
  /** @default the config's (0.05) */
  readonly maxRejectedShare?: number;
  /** "add" reads only files that the lake does not know yet, and repairs their days. @default "whole" */
  readonly mode?: "whole" | "add";
  /** The lake that "add" adds to; `lake` may be another folder. @default lake */
  readonly from?: string;
  /** Keeps the lines in the lake, so that files can be added later. @default true for "add", else false */
  readonly keepsLines?: boolean;
  /** Megabytes that the database may hold before it spills. @default 500 */
  readonly memoryMegabytes?: number;
  readonly onProgress?: (what: "read" | "daily", done: number, all: number) => void;
}
