import type { NightAssessment } from "../../../forecasting/experiment/assess-night";
import type { Evidence } from "../../../forecasting/experiment/evidence";
import {
  type CategoryState,
  DEFAULT_PLAN,
  emptyState,
  type Experiment,
  type ExperimentPlan,
} from "../../../forecasting/experiment/experiment";
import type { ServiceAssessment } from "../../../forecasting/experiment/service-windows";
import type { Standing } from "../../../forecasting/experiment/standing";
import { startExperiment } from "../../../forecasting/experiment/start";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";

export const CHAMPION = "20260901-aaaaaaaa";
export const CHALLENGER = "20260920-bbbbbbbb";
/** A month without holiday seasons. */
export const START = "2026-10-01T00:00:00Z";

export function standing(days: number, relative: number, halfWidth: number, eValue?: number): Standing {
  return {
    days,
    relative,
    z: relative / (halfWidth / 3),
    correctedAutocorrelation: 0.3,
    lower: relative - halfWidth,
    upper: relative + halfWidth,
    eValue: eValue ?? (Math.abs(relative) > halfWidth ? 100 : 2),
    pValue: 0.01,
  };
}

/** A night without anything wrong, `days` into the comparison. */
export function night(
  days: number,
  relative: number,
  halfWidth: number,
  more: Partial<NightAssessment> = {},
): NightAssessment {
  const first = dayNumber("2026-10-03");
  const cutoff = isoDate(first + days - 1);
  const weeks = Math.floor(days / 7) * 7;
  return {
    cutoff,
    firstDay: isoDate(first),
    days,
    missingDays: [],
    ...(days >= 4
      ? { daily: standing(days, relative, halfWidth) }
      : { noFigure: `${days} days; at least 4 are needed` }),
    ...(weeks > 0 ? { weekly: standing(weeks, relative, halfWidth) } : {}),
    guardrails: [{ name: "new items", standing: standing(days, 0, 0.1) }],
    bias: [],
    assigned: { champion: 450, challenger: 50, isMismatch: false },
    coverage: { champion: 1, challenger: 1 },
    stockOutShare: 0.02,
    batch: {
      night: cutoff,
      cells: 1000,
      championUnits: 5000,
      challengerUnits: 5050,
      challengerMissing: 0,
      challengerInvalid: 0,
    },
    aside: {},
    ...more,
  };
}

export const service = (newest: string, more: Partial<ServiceAssessment> = {}): ServiceAssessment => ({
  failures: [],
  shared: [],
  conclusive: 200,
  newest,
  ...more,
});

/** A look on the morning after a night's cutoff. */
export function look(more: Partial<Evidence> = {}): Evidence {
  const cutoff = more.night?.cutoff ?? "2026-10-01";
  const day = dayNumber(cutoff) + 1;
  return {
    now: `${isoDate(day)}T06:00:00Z`,
    day,
    alarms: [],
    requests: [],
    family: new Map(),
    ...more,
  };
}

export function started(plan: Partial<ExperimentPlan> = {}): CategoryState {
  return startExperiment(emptyState("drinks"), {
    championVersion: CHAMPION,
    challengerVersion: CHALLENGER,
    plan: { ...DEFAULT_PLAN, ...plan },
    now: START,
    by: "tests",
    isAutomatic: false,
  });
}

export function inPhase(phase: Experiment["phase"], more: Partial<Experiment> = {}): CategoryState {
  const serves = ["CANARY", "AB", "DECIDE", "EXTENDED"].includes(phase);
  const share = phase === "PROMOTING" ? 0.5 : serves ? 0.1 : 0;
  const state = started();
  const promotionStep = phase === "PROMOTING" ? 1 : 0;
  return { ...state, experiment: { ...state.experiment!, phase, share, promotionStep, ...more } };
}
