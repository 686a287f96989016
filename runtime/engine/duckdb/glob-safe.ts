/**
 * A path that DuckDB's file patterns take for itself: put it before what shall be a pattern
 * (`${globSafe(folder)}/*.parquet`), and around the path of a file to read. Files to write are no patterns: leave their
 * paths as they are. A backslash cannot be made safe (DuckDB takes it for a separator): output folders may not have one.
 */
export function globSafe(path: string): string {
  return path.replace(/[[*?]/g, "[$&]");
}
