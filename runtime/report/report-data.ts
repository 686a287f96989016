import type { ModelCard } from "../models/model-store";
import type { BacktestResult } from "../evaluation/backtest";
import type { SimulationResult } from "../ordering/simulate-orders";
import type { ForecastPlot } from "./line-chart";

export interface OrderLine {
  readonly store: string;
  readonly sku: string;
  readonly name: string;
  readonly packs: number;
  readonly units: number;
  readonly position: number;
  readonly expectedUnits: number;
  readonly protectionDays: number;
  readonly stockOutProbability: number;
  readonly reason: string;
  readonly costYen: number;
}

export interface OrdersSummary {
  /** Store and SKU pairs that were looked at, and those that order. */
  readonly considered: number;
  readonly lines: number;
  readonly units: number;
  readonly costYen: number;
  readonly stockSource: string;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly largest: readonly OrderLine[];
  /** Master fields that were missing and how many SKUs took a default. */
  readonly assumed: readonly { readonly field: string; readonly skus: number }[];
}

export interface Reconciliation {
  readonly lines: readonly { readonly what: string; readonly count: number }[];
  readonly balanced: boolean;
  readonly remarks: readonly string[];
}

export interface ReportData {
  readonly source: "generated" | "ingested";
  readonly firstDay: string;
  readonly cutoff: string;
  readonly stores: number;
  readonly skus: number;
  readonly rows: number;
  readonly seed?: number;
  readonly forecastRows: number;
  /** First and last forecast day. */
  readonly forecastFrom: string;
  readonly forecastTo: string;
  readonly backtest?: BacktestResult;
  readonly plots: readonly ForecastPlot[];
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
  readonly remarks: readonly string[];
}
