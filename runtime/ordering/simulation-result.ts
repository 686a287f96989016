import type { PracticeParameters, RateTargets } from "../../forecasting/simulation/calibrate-practice";
import type { OutcomeRates } from "../../forecasting/simulation/outcome-rates";

/** What the chain reports of today's ordering, and the lines that it wants to get under. */
export const TODAY_RATES: RateTargets = { stockOutRate: 0.08, wasteRate: 0.05 };
export const KPI_RATES: RateTargets = { stockOutRate: 0.03, wasteRate: 0.02 };
/** What the whole chain loses in a month today, by its own count. */
export const TODAY_MONTH_YEN = { lost: 200_000_000, waste: 40_000_000 } as const;
export interface SimulationPart {
  readonly name: string;
  readonly today: OutcomeRates;
  readonly ours: OutcomeRates;
}

/** Stock-outs against waste of one practice as its parameter moves. */
export interface FrontierCurve {
  readonly name: string;
  readonly points: readonly {
    readonly parameter: number;
    readonly stockOutRate: number;
    readonly wasteRate: number;
  }[];
}

export interface SimulationResult {
  readonly days: number;
  readonly series: number;
  readonly todayParameters: PracticeParameters;
  /** What one yen of service counts against one yen of waste in our orders: the same for every item. */
  readonly multiplier: number;
  /** Rates of both on the days that they were calibrated on. */
  readonly calibrated: { readonly today: OutcomeRates; readonly ours: OutcomeRates };
  /** All items, then fresh ones and the rest. */
  readonly parts: readonly SimulationPart[];
  /** Of some of the series, over the hold-out: today's practice, our orders, and our orders with an oracle's forecast. */
  readonly frontier: { readonly series: number; readonly curves: readonly FrontierCurve[] };
  /**
   * Yen of the simulated days, and what the chain's month becomes if its losses shrink as the simulated ones do: nobody
   * knows where today's practice simulates no loss.
   */
  readonly yen: {
    readonly today: MonthYen;
    readonly ours: MonthYen;
    readonly chainMonth: { readonly today: MonthYen; readonly ours: Partial<MonthYen> };
  };
  readonly warnings: readonly string[];
}

export interface MonthYen {
  readonly lost: number;
  readonly waste: number;
}
