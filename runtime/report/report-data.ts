import type { Selection } from "../../forecasting/selection/select-forecasters";
import type { BacktestResult } from "../evaluation/accuracy";
import type { ForecastPlot } from "../evaluation/plots";
import type { ReplayedComparison } from "../experiment/replay-comparison";
import type { DriftPicture } from "../monitoring/drift-course";
import type { ModelCard } from "../models/model-store";
import type { OrdersSummary } from "../ordering/order-week";
import type { SimulationResult } from "../ordering/simulation-result";

export interface Reconciliation {
  readonly lines: readonly { readonly what: string; readonly count: number }[];
  readonly balanced: boolean;
  readonly warnings: readonly string[];
}

export interface ReportData {
  readonly source: "generated" | "ingested";
  readonly firstDay: string;
  readonly cutoff: string;
  readonly stores: number;
  readonly skus: number;
  readonly rows: number;
  readonly seed?: number;
  /** ISO 4217 code of all money. */
  readonly currency: string;
  readonly forecastRows: number;
  /** First and last forecast day. */
  readonly forecastFrom: string;
  readonly forecastTo: string;
  readonly backtest?: BacktestResult;
  /** What was chosen per category and demand class; empty without validation days. */
  readonly selection: Selection;
  readonly plots: readonly ForecastPlot[];
  /** Challenger against champion, replayed on the hold-out. */
  readonly comparisons?: readonly ReplayedComparison[];
  /** The drift monitor's evenings on the hold-out. */
  readonly drift?: DriftPicture;
  readonly importance: readonly {
    readonly category: string;
    readonly features: readonly { readonly name: string; readonly meaning: string; readonly share: number }[];
  }[];
  readonly models: readonly ModelCard[];
  readonly simulation?: SimulationResult;
  readonly orders: OrdersSummary;
  readonly reconciliation?: Reconciliation;
  readonly steps: readonly { readonly name: string; readonly seconds: number; readonly detail: string }[];
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly nodeVersion: string;
  readonly warnings: readonly string[];
}
