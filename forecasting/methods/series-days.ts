/** What a day of a series says: nothing (the store was closed), its demand, or a lower bound of it (the item ran out). */
export const DAY_STATE = { closed: 0, seen: 1, ranOut: 2 } as const;

/** Whether a day tells the demand. Inferred stock-outs do (`countsRanOut`), reported ones hide it. */
export function tellsDemand(state: number, countsRanOut: boolean): boolean {
  return state === DAY_STATE.seen || (countsRanOut && state === DAY_STATE.ranOut);
}

/** The known past of one store and SKU: consecutive days from `firstDay` on; only the first `length` values count. */
export interface SeriesDays {
  firstDay: number;
  length: number;
  units: Float64Array;
  /** DAY_STATE of each day. */
  states: Uint8Array;
  /** What the day was worth by the SQL baseline's factors (weekday, weather, promotions as they happened). */
  weights: Float64Array;
}

/** Memory for one series after the other. */
export function newSeriesDays(capacity: number): SeriesDays {
  return {
    firstDay: 0,
    length: 0,
    units: new Float64Array(capacity),
    states: new Uint8Array(capacity),
    weights: new Float64Array(capacity),
  };
}

/** Makes room for `length` days; what was in it is lost. */
export function resizeSeries(days: SeriesDays, length: number): void {
  days.length = length;
  if (length <= days.units.length) return;
  const capacity = Math.ceil(length * 1.5);
  days.units = new Float64Array(capacity);
  days.states = new Uint8Array(capacity);
  days.weights = new Float64Array(capacity);
}
