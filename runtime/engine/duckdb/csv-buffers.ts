/**
 * Options of read_csv for files of numbers: DuckDB's own buffers are 32 MB each, sized for lines of 2 MB, and do not fit
 * into the memory of a worker. Nothing is guessed: columns are named by the query.
 */
export const CSV_BUFFERS = "auto_detect = false, max_line_size = 65536, buffer_size = 2097152";
