/**
 * The forecasters that compete beside the trees, the simpler before the less simple: on a tie the earlier one is taken.
 * Each is a function of one series' own past, of a few fitted tables and, the last two, of the SQL baseline's row.
 */
export const METHODS = [
  "zero",
  "seasonal naive",
  "moving average",
  "smoothed",
  "intermittent",
  "yearly",
  "SQL baseline",
  "followed baseline",
] as const;
export type Method = (typeof METHODS)[number];

export const METHOD_MEANINGS: Readonly<Record<Method, string>> = {
  zero: "nothing is sold",
  "seasonal naive": "the same weekday of last week",
  "moving average": "mean of the last 28 days x weekday",
  smoothed: "exponentially smoothed level x weekday",
  intermittent: "smoothed chance of a sale x smoothed size of a sale (Teunter-Syntetos-Babai) x weekday",
  yearly: "exponentially smoothed level x weekday x week of the year",
  "SQL baseline": "level of 112 days that end a week before x weekday, offers, weather, events, trends",
  "followed baseline": "the SQL baseline's factors on a level that is smoothed up to the last known day",
};

/** One array per method: what it expects of each row. */
export type MethodColumns = Readonly<Record<Method, Float32Array>>;

export function newMethodColumns(rows: number): MethodColumns {
  return Object.fromEntries(METHODS.map((method) => [method, new Float32Array(rows)])) as Record<
    Method,
    Float32Array
  >;
}
