import { weekdayOf } from "../calendar/day";

/** One judged day of a stream. */
export interface DayError {
  readonly day: number;
  /** WAPE of the day, above 0. */
  readonly wape: number;
  /** WAPE that chance alone makes at the day's volume. */
  readonly noise: number;
  /** Holidays and days of a known incident: neither learned from nor judged. */
  readonly isSpecial: boolean;
}

/** What a stream's WAPE is like while nothing is wrong: frozen with the model version. */
export interface StreamReference {
  /** WAPE of a forecast of so many sales that chance is nothing: what the model itself is wrong by. */
  readonly modelWape: number;
  /** Mean of ln (WAPE / expected WAPE) by weekday, Monday first. */
  readonly meanLogs: readonly number[];
  /** Deviation of it around them. */
  readonly deviation: number;
  /** Correlation with the day before. */
  readonly dayCorrelation: number;
}

/** Fewer days tell no weekday apart. */
export const FEWEST_REFERENCE_DAYS = 28;
/** A smaller correlation is what chance shows on four weeks, and is left alone. */
const SMALLEST_CORRELATION = 0.2;
/** Deviations that one day counts at most: one dreadful day is an incident, not a trend. */
const LARGEST_SCORE = 3;
/** Four weeks can look steadier than a stream is: no deviation under this one is believed. */
const SMALLEST_DEVIATION = 0.05;
const WEEK = 7;

/** A small chain's error is mostly chance, which grows when less is sold: errors of model and chance add up as squares. */
export const expectedWape = ({ modelWape }: Pick<StreamReference, "modelWape">, noise: number): number =>
  Math.hypot(modelWape, noise);

/** @returns undefined where fewer than FEWEST_REFERENCE_DAYS ordinary days are known */
export function streamReference(days: readonly DayError[]): StreamReference | undefined {
  const ordinary = days.filter(({ isSpecial, wape }) => !isSpecial && wape > 0);
  if (ordinary.length < FEWEST_REFERENCE_DAYS) return undefined;
  const modelWape = Math.sqrt(Math.max(0, mean(ordinary.map(({ wape, noise }) => wape ** 2 - noise ** 2))));
  const logOf = ({ wape, noise }: DayError) => Math.log(wape / expectedWape({ modelWape }, noise));
  const all = mean(ordinary.map(logOf));
  const meanLogs = Array.from({ length: WEEK }, (_, i) => {
    const logs = ordinary.filter(({ day }) => weekdayOf(day) === i + 1).map(logOf);
    // One more day of the common mean: a weekday has four values, and one of them may be odd.
    return (logs.reduce((sum, log) => sum + log, 0) + all) / (logs.length + 1);
  });
  const rests = ordinary.map((each) => logOf(each) - meanLogs[weekdayOf(each.day) - 1]!);
  const squares = rests.reduce((sum, rest) => sum + rest * rest, 0);
  const variance = squares / Math.max(1, ordinary.length - WEEK);
  const deviation = Math.max(Math.sqrt(variance), SMALLEST_DEVIATION);
  return { modelWape, meanLogs, deviation, dayCorrelation: correlationOf(ordinary, rests) };
}

function correlationOf(days: readonly DayError[], rests: readonly number[]): number {
  let [products, squares] = [0, 0];
  rests.forEach((rest, i) => {
    squares += rest * rest;
    if (i > 0 && days[i]!.day === days[i - 1]!.day + 1) products += rest * rests[i - 1]!;
  });
  return squares > 0 ? Math.max(-0.8, Math.min(0.8, products / squares)) : 0;
}

/**
 * Standardised ln (WAPE / expected WAPE) of each day, without what the day before foretold: e = (z - phi z') / sqrt(1 - phi^2). Undefined for
 * days that are not judged.
 */
export function standardisedErrors(
  days: readonly DayError[],
  { modelWape, meanLogs, deviation, dayCorrelation }: StreamReference,
): (number | undefined)[] {
  const phi = Math.abs(dayCorrelation) > SMALLEST_CORRELATION ? dayCorrelation : 0;
  let before: { day: number; score: number } | undefined;
  return days.map(({ day, wape, noise, isSpecial }) => {
    if (isSpecial || !(wape > 0)) return undefined;
    const score =
      (Math.log(wape / expectedWape({ modelWape }, noise)) - meanLogs[weekdayOf(day) - 1]!) / deviation;
    const foretold = before?.day === day - 1 ? phi * before.score : undefined;
    before = { day, score };
    const fresh = foretold === undefined ? score : (score - foretold) / Math.sqrt(1 - phi * phi);
    return Math.min(fresh, LARGEST_SCORE);
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
