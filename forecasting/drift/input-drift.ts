import { binCounts, type ReferenceBins, stabilityIndex, stabilityNoiseFloor } from "./reference-bins";

/**
 * Demand of a store and SKU in a week against its own last four weeks. Raw demand hides a sale of a third of the assortment
 * completely and alarms on every sunny day; the ratio shows the one and not the other (docs/adr/0094).
 */
export const demandRatio = (weekUnits: number, fourWeekUnits: number): number =>
  Math.log((weekUnits + 1) / (fourWeekUnits / 4 + 1));

type DriftLevel = "none" | "drift" | "severe";

export interface InputDrift {
  readonly index: number;
  /** Index from which it is drift: at least 0.1, at least what the last weeks and chance reach. */
  readonly limit: number;
  readonly level: DriftLevel;
}

const DRIFT_INDEX = 0.1;
const SEVERE_INDEX = 0.25;
/** Weekly indices that tell how large one is while nothing happens. */
const REMEMBERED_WEEKS = 12;
const FEWEST_WEEKS = 4;

/** Drift of a week's demand ratios against the frozen reference. Needs `distributionReady`. */
export function inputDrift(
  reference: ReferenceBins,
  ratios: ArrayLike<number>,
  earlierIndices: readonly number[] = [],
): InputDrift {
  const current = binCounts(reference.edges, ratios);
  const index = stabilityIndex(reference.counts, current);
  const size = reference.counts.reduce((sum, count) => sum + count, 0);
  const floor = stabilityNoiseFloor(size, Math.max(1, ratios.length), current.length);
  const limit = Math.max(DRIFT_INDEX, floor, usualMaximum(earlierIndices.slice(-REMEMBERED_WEEKS)));
  const isDrift = index >= limit;
  return { index, limit, level: !isDrift ? "none" : index >= SEVERE_INDEX ? "severe" : "drift" };
}

/** Mean and three deviations of the last weeks; too few weeks say nothing. */
function usualMaximum(indices: readonly number[]): number {
  if (indices.length < FEWEST_WEEKS) return 0;
  const mean = indices.reduce((sum, index) => sum + index, 0) / indices.length;
  const variance = indices.reduce((sum, index) => sum + (index - mean) ** 2, 0) / (indices.length - 1);
  return mean + 3 * Math.sqrt(variance);
}

/** Rows and units of SKUs that the model's training has not seen, beside all. */
export interface UnseenCounts {
  readonly rows: number;
  readonly unseenRows: number;
  readonly units: number;
  readonly unseenUnits: number;
}

export interface UnseenSkus {
  readonly rowShare: number;
  readonly unitShare: number;
  readonly level: "none" | "warn" | "act";
}

const UNSEEN = { warnRows: 0.005, actRows: 0.01, actUnits: 0.02 } as const;

export function unseenSkus({ rows, unseenRows, units, unseenUnits }: UnseenCounts): UnseenSkus {
  const rowShare = rows > 0 ? unseenRows / rows : 0;
  const unitShare = units > 0 ? unseenUnits / units : 0;
  const acts = rowShare >= UNSEEN.actRows || unitShare >= UNSEEN.actUnits;
  return { rowShare, unitShare, level: acts ? "act" : rowShare >= UNSEEN.warnRows ? "warn" : "none" };
}

/** A week's offers: which share of the units was sold on promotion, and what customers paid against the usual price. */
export interface OfferCounts {
  readonly units: number;
  readonly promotedUnits: number;
  /** Units at the price paid. */
  readonly paid: number;
  /** The same units at the shelf price of the reference period. */
  readonly usual: number;
}

export interface Offers {
  readonly promotionShare: number;
  /** 1: as in the reference period; 0.9: a tenth cheaper. */
  readonly priceIndex: number;
}

export function offersOf({ units, promotedUnits, paid, usual }: OfferCounts): Offers {
  return {
    promotionShare: units > 0 ? promotedUnits / units : 0,
    priceIndex: usual > 0 ? paid / usual : 1,
  };
}
