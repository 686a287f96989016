import type { Category } from "../../contracts/categories";
import type { ActionRecord } from "../../forecasting/drift/action-record";
import type { Calibration } from "../../forecasting/drift/calibration";
import type { DataFault } from "../../forecasting/drift/data-faults";
import type { CategoryFinding } from "../../forecasting/drift/judge-category";
import type { InputSignals } from "./input-signals";
import type { StoreKindChange } from "../../forecasting/drift/store-kinds";

/** What people and the report read of a night. */
export interface MonitorNight {
  /** ISO dates. */
  readonly day: string;
  readonly reference: { readonly from: string; readonly to: string };
  readonly findings: readonly CategoryFinding[];
  readonly inputs: readonly InputSignals[];
  readonly faults: readonly DataFault[];
  /** What the last two weeks' change of the error is made of by kind of store, all categories together. */
  readonly storeKinds?: StoreKindChange;
  /** The night's decisions. */
  readonly records: readonly ActionRecord[];
  /** What the next night's forecasts are multiplied by. */
  readonly calibrations: readonly Calibration[];
  /** WAPE by day of each category, as far back as it is kept. */
  readonly history: Readonly<Record<Category, readonly { readonly day: string; readonly wape: number }[]>>;
}
