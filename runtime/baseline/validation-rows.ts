import { newMethodColumns, METHODS } from "../../forecasting/methods/method-list";
import { tellsDemand } from "../../forecasting/methods/series-days";
import type { SelectionRows } from "../../forecasting/selection/choose-mixture";
import { groupOf } from "../../forecasting/selection/select-forecasters";
import { ROW_STATE } from "../../forecasting/selection/chosen-baseline";
import { HORIZON_DAYS } from "../../contracts/horizon";
import type { MethodRows } from "./method-rows";

/** Rows that the choice looks at: some bytes each, and more would not change it. */
const MOST_ROWS = 1_500_000;

/** The validation days of all blocks, as the choice of forecasters reads them. */
export class ValidationRows {
  private readonly parts: Omit<SelectionRows, "groupCount">[] = [];
  private readonly keepEvery: number;
  private series = 0;

  public constructor(
    private readonly window: { readonly from: number; readonly to: number },
    private readonly countsRanOut: boolean,
    seriesCount: number,
  ) {
    const days = Math.max(0, window.to - window.from + 1);
    this.keepEvery = Math.max(1, Math.ceil((seriesCount * days) / MOST_ROWS));
  }

  public add(rows: MethodRows): void {
    const positions: number[] = [];
    const series: number[] = [];
    for (let row = 0; row < rows.rowCount; row++) {
      const isNext =
        row === 0 ||
        rows.storeIds[row] !== rows.storeIds[row - 1] ||
        rows.skuIds[row] !== rows.skuIds[row - 1];
      if (isNext) this.series++;
      const day = rows.days[row]!;
      if (day < this.window.from || day > this.window.to || this.series % this.keepEvery !== 0) continue;
      positions.push(row);
      series.push(this.series);
    }
    const methods = newMethodColumns(positions.length);
    for (const method of METHODS) {
      positions.forEach((row, i) => {
        // What is closed or stopped is published as 0 whichever method is chosen.
        methods[method][i] = rows.rowStates[row] === ROW_STATE.open ? rows.methods[method][row]! : 0;
      });
    }
    this.parts.push({
      rowCount: positions.length,
      groups: Int32Array.from(positions, (row) => groupOf(rows.categories[row]!, rows.demandClasses[row]!)),
      weeks: Int32Array.from(positions, (row) =>
        Math.floor((rows.days[row]! - this.window.from) / HORIZON_DAYS),
      ),
      series: Int32Array.from(series),
      units: Float32Array.from(positions, (row) =>
        tellsDemand(rows.dayStates[row]!, this.countsRanOut) ? rows.sold[row]! : NaN,
      ),
      methods,
    });
  }

  public all(): Omit<SelectionRows, "groupCount"> {
    const rowCount = this.parts.reduce((sum, part) => sum + part.rowCount, 0);
    const methods = newMethodColumns(rowCount);
    const joined = {
      rowCount,
      groups: new Int32Array(rowCount),
      weeks: new Int32Array(rowCount),
      series: new Int32Array(rowCount),
      units: new Float32Array(rowCount),
      methods,
    };
    let at = 0;
    for (const part of this.parts) {
      for (const name of ["groups", "weeks", "series"] as const) joined[name].set(part[name], at);
      joined.units.set(part.units, at);
      for (const method of METHODS) methods[method].set(part.methods[method], at);
      at += part.rowCount;
    }
    return joined;
  }
}
