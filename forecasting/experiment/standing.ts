import { type ConfidenceInterval, confidenceInterval } from "./confidence-sequence";
import type { ExperimentPlan } from "./experiment";
import type { PairedSums } from "./paired-errors";
import { relativeError } from "./relative-error";

/** Where the comparison stands after so many days. */
export interface Standing extends ConfidenceInterval {
  readonly days: number;
  /** Change of the error, relative: below 0 is better. */
  readonly relative: number;
  readonly z: number;
  readonly correctedAutocorrelation: number;
}

/** The standing, or why there is none. */
export function standingOf(
  sums: PairedSums,
  { alpha, plannedDays }: Pick<ExperimentPlan, "alpha" | "plannedDays">,
): Standing | { readonly reason: string } {
  const found = relativeError(sums);
  if ("reason" in found) return found;
  const { relative, z, dayCount: days, variance, correctedAutocorrelation } = found;
  const at = { estimate: relative, z, standardError: Math.sqrt(variance) };
  return {
    days,
    relative,
    z,
    correctedAutocorrelation,
    ...confidenceInterval(at, days, { alpha, plannedDays }),
  };
}

/** Evidence as people read it: 0.39, 31, 1,204. */
export function evidenceText(eValue: number): string {
  return eValue < 100 ? eValue.toPrecision(2) : Math.round(eValue).toLocaleString("en");
}
