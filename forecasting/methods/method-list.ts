/**
 * The forecasters that compete beside the trees, the simpler before the less simple: on a tie the earlier one is taken.
 * Each is a function of one series' own past, of a few fitted tables and, two of them, of the SQL baseline's row.
 * The SQL baseline comes before the week of the year: it knows plans and weather, which a month of validation may not show.
 */
export const METHODS = [
  /** Nothing is sold. */
  "zero",
  /** The same weekday of last week. */
  "seasonal naive",
  /** Mean of the last 28 days x weekday. */
  "moving average",
  /** Exponentially smoothed level x weekday. */
  "smoothed",
  /** Smoothed chance of a sale x smoothed size of a sale (Teunter-Syntetos-Babai) x weekday. */
  "intermittent",
  /** Level of 112 days that end a week before x weekday, promotions, weather, events, trends. */
  "SQL baseline",
  /** Exponentially smoothed level x weekday x week of the year. */
  "yearly",
  /** The SQL baseline's factors on a level that is smoothed up to the last known day. */
  "followed baseline",
] as const;
export type Method = (typeof METHODS)[number];

/** One array per method: what it expects of each row. */
export type MethodColumns = Readonly<Record<Method, Float32Array>>;

export function newMethodColumns(rows: number): MethodColumns {
  return Object.fromEntries(METHODS.map((method) => [method, new Float32Array(rows)])) as Record<
    Method,
    Float32Array
  >;
}
