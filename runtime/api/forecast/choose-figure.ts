import type { ForecastSource } from "../../../contracts/api";
import { HORIZON_DAYS } from "../../../contracts/horizon";
import { unitsOfAnswer } from "../../../contracts/model-input";
import type { Cell } from "./cell";
import type { Route } from "./router";

export interface Figure {
  readonly units: number;
  readonly source: ForecastSource;
  /** What `units` was multiplied by to set its level right. */
  readonly calibration?: number;
}

/**
 * The best figure that there is for a cell: the model's, else last night's by the same variant, else the baseline, else the
 * same weekday of last week. A zero is given only where the night says that nothing is sold that day.
 *
 * @returns undefined when nothing is left
 */
export function chooseFigure(
  cell: Cell,
  { variant, version }: Pick<Route, "variant" | "version">,
  calibratedVersion?: string,
): Figure | undefined {
  const { row, answer, night, position } = cell;
  const isOfNight = position < HORIZON_DAYS;
  if (isNotSold(cell)) return { units: 0, source: "not-sold" };
  const ofNight = variant === "champion" && isOfNight ? (night.calibration?.[position] ?? 1) : 1;
  // A champion that the night did not know has another bias, or none.
  const calibration = version === calibratedVersion ? ofNight : 1;
  const candidates: readonly (readonly [ForecastSource, number | null | undefined])[] = [
    ["model", answer !== undefined && row ? calibration * unitsOfAnswer(answer, row.baseline) : undefined],
    ["batch", isOfNight ? night[variant][position] : undefined],
    ["baseline", row?.baseline ?? (isOfNight ? night.baseline[position] : undefined)],
    ["seasonal-naive", row?.naive ?? (isOfNight ? night.naive[position] : lastWeek(cell))],
  ];
  for (const [source, units] of candidates) {
    if (typeof units === "number" && Number.isFinite(units) && units > 0) {
      const factor = source === "model" ? calibration : source === "batch" ? ofNight : 1;
      return { units, source, ...(factor === 1 ? {} : { calibration: factor }) };
    }
  }
  return undefined;
}

/** Whether the night says that nothing is sold: the store is closed that day, or has stopped the SKU. */
export function isNotSold({ row, night, position }: Cell): boolean {
  return row?.baseline === 0 || (position < HORIZON_DAYS && night.champion[position] === 0);
}

/** What an older night expected of the same weekday. */
function lastWeek({ night, position }: Cell): number | undefined {
  return night.champion[position % HORIZON_DAYS];
}
