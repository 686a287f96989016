import { demandClassOf } from "../methods/demand-class";
import { type BaselineRows, fillMethods, type MethodRun } from "../methods/method-kernel";
import type { MethodColumns } from "../methods/method-list";
import type { MethodTables, SeriesPlace } from "../methods/method-tables";
import { hasStopped } from "../methods/retirement";
import type { SeriesDays } from "../methods/series-days";
import { type Mixture, mix } from "./mixture";
import { groupOf, type Selection, UNCHOSEN } from "./select-forecasters";

/** Why a row is forecast as it is; all but the first are forecast as exactly 0. */
export const ROW_STATE = { open: 0, closedDay: 1, closedStore: 2, stopped: 3 } as const;

/** What the models multiply is above 0: trees learn units / baseline. */
const SMALLEST_BASELINE = 0.001;

/** What one run of rows turned out to be. */
export interface RunOutlook {
  /** Position in DEMAND_CLASSES. */
  readonly demandClass: number;
  readonly isStopped: boolean;
}

/** Fills the methods of one run and says how the series stands at its origin. */
export function fillRun(
  tables: MethodTables,
  place: SeriesPlace,
  days: SeriesDays,
  run: MethodRun,
  baseline: BaselineRows,
  columns: MethodColumns,
): RunOutlook {
  fillMethods(tables, place, days, run, baseline, columns);
  return {
    demandClass: demandClassOf(days, run.origin),
    isStopped: run.origin >= 0 && hasStopped(days, run.origin),
  };
}

/** The mixture of a category's demand class; without validation days the one that needs the least. */
export function mixtureOf(selection: Selection, category: number, demandClass: number): Mixture {
  return selection[groupOf(category, demandClass)]?.mixture ?? UNCHOSEN;
}

/** The chosen mixture of rows [from, to): the baseline that is published, or multiplied by a model's answer. */
export function chooseRows(
  mixture: Mixture,
  columns: MethodColumns,
  out: Float32Array,
  from: number,
  to: number,
): void {
  mix(mixture, columns, out, from, to);
  for (let row = from; row < to; row++) out[row] = Math.max(out[row]!, SMALLEST_BASELINE);
}
