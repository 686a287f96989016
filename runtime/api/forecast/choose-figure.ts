import type { ForecastSource } from "../../../contracts/api";
import { HORIZON_DAYS } from "../../../contracts/horizon";
import { unitsOfAnswer } from "../../../contracts/model-input";
import type { Variant } from "../../../contracts/variants";
import type { Cell } from "./cell";

export interface Figure {
  readonly units: number;
  readonly source: ForecastSource;
}

/**
 * The best figure that there is for a cell: the model's, else last night's by the same variant, else the baseline, else the
 * same weekday of last week. A zero is given only where the night says that nothing is sold that day.
 *
 * @returns undefined when nothing is left
 */
export function chooseFigure(cell: Cell, variant: Variant): Figure | undefined {
  const { row, answer, night, position } = cell;
  const isOfNight = position < HORIZON_DAYS;
  if (isNotSold(cell)) return { units: 0, source: "not-sold" };
  const candidates: readonly (readonly [ForecastSource, number | null | undefined])[] = [
    ["model", answer !== undefined && row ? unitsOfAnswer(answer, row.baseline) : undefined],
    ["batch", isOfNight ? night[variant][position] : undefined],
    ["baseline", row?.baseline ?? (isOfNight ? night.baseline[position] : undefined)],
    ["seasonal-naive", row?.naive ?? (isOfNight ? night.naive[position] : lastWeek(cell))],
  ];
  for (const [source, units] of candidates) {
    if (typeof units === "number" && Number.isFinite(units) && units > 0) return { units, source };
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
