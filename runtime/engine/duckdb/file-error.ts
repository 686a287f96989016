import { findMatch } from "./find-match";

/** What DuckDB also says when it could not open a folder to list it. */
const NO_MATCH = /No files found that match the pattern "([^"]+)"/;

/** How DuckDB says that a file is missing or not whole; the first group is the file. */
const FAULTS: readonly [RegExp, string][] = [
  [NO_MATCH, "there is no such file"],
  [/Cannot open file "([^"]+)": No such file/, "there is no such file"],
  [/[Ff]ile '([^']+)' too small to be a Parquet file/, "not a whole Parquet file: it is empty or cut off"],
  [
    /No magic bytes found at end of file '([^']+)'/,
    "not a whole Parquet file: it is cut off, or something else",
  ],
];

/** Damage inside a file, for which DuckDB names none. */
const DAMAGED = /TProtocolException|Invalid data|Snappy decompression|ZSTD Decompression/i;

/** One line that names the file, where a query failed because of one; any other error as it is. */
export function asFileError(error: unknown, sql: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const unlisted = whyUnlisted(NO_MATCH.exec(message)?.[1]);
  if (unlisted !== undefined) return unlisted;
  for (const [pattern, says] of FAULTS) {
    const file = pattern.exec(message)?.[1];
    if (file !== undefined) return new Error(`${file}: ${says}`, { cause: error });
  }
  if (!DAMAGED.test(message)) return error;
  const files = [...sql.matchAll(/'([^']+\.parquet)'/g)].map(([, file]) => file);
  const where = files.length > 0 ? files.join(", ") : "a Parquet file";
  return new Error(`${where}: damaged inside (${message.split("\n")[0]})`, { cause: error });
}

/** Why DuckDB found no file where there is one: it had no file handle left, or may not list the folder. */
function whyUnlisted(pattern: string | undefined): unknown {
  if (pattern === undefined) return undefined;
  try {
    const file = findMatch(pattern);
    return file === undefined ? undefined : new Error(`${file} was not found: too many open files`);
  } catch (error) {
    return error;
  }
}
