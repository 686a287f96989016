import type { FeatureMatrix } from "../feature-matrix";
import type { Category } from "../../contracts/categories";

/** Rows to forecast: the same for every model, each reads what it needs. */
export interface ModelRows {
  readonly features: FeatureMatrix;
  /** Expected units by the methods chosen for the series; 0 where it is not sold. */
  readonly baseline: Float32Array;
  /** Units of the same weekday of last week (of the week before where that is missing). */
  readonly naive: Float32Array;
}

/** Rows to learn from: every one has a label. */
export interface LabelledRows extends ModelRows {
  readonly units: Float32Array;
}

/** Kinds whose answer is a factor on the baseline, so that an endpoint can serve them. */
export const SERVABLE_KINDS = ["sql-baseline", "boosted-trees"] as const;
export type ServableKind = (typeof SERVABLE_KINDS)[number];

/** Something that expects units of one category's rows. */
export interface Forecaster {
  readonly category: Category;
  /** Expected units of each row. */
  score(rows: ModelRows): Float32Array;
}

/** A trained model of one category: immutable; `save` returns all of it. */
export interface DemandModel extends Forecaster {
  readonly kind: ServableKind;
  /** XGBoost's JSON; `loadModel` of the same kind brings it back with the same forecasts. */
  save(): string;
}

/** Poisson deviance loss, mean over rows: the loss that all models are compared by before one is chosen. */
export function poissonLoss(units: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < units.length; i++) {
    const mean = Math.max(forecast[i]!, 1e-6);
    sum += mean - units[i]! * Math.log(mean);
  }
  return units.length === 0 ? NaN : sum / units.length;
}

/** Standard errors of the daily gain that a model must be ahead: one-sided 2.5 %. */
const CLEARLY = 2;

/**
 * Whether `candidate` beats `incumbent` in Poisson loss beyond what days vary: rows of one day share weather and promotions,
 * so days, not rows, are the sample. Fewer than 7 days decide nothing.
 */
export function isClearlyBetter(
  units: ArrayLike<number>,
  candidate: ArrayLike<number>,
  incumbent: ArrayLike<number>,
  days: ArrayLike<number>,
): boolean {
  const gains = new Map<number, number>();
  for (let i = 0; i < units.length; i++) {
    const loss = (forecast: number) => {
      const mean = Math.max(forecast, 1e-6);
      return mean - units[i]! * Math.log(mean);
    };
    gains.set(days[i]!, (gains.get(days[i]!) ?? 0) + loss(incumbent[i]!) - loss(candidate[i]!));
  }
  if (gains.size < 7) return false;
  const values = [...gains.values()];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return mean > CLEARLY * Math.sqrt(variance / values.length);
}
