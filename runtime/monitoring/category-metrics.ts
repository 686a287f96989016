import { CATEGORIES } from "../../contracts/categories";
import { ALL_CATEGORIES, CALIBRATION_FIELDS, type MetricName } from "../../contracts/metrics";
import { uncalibrated } from "../../forecasting/drift/calibration";
import type { ErrorRow } from "../../forecasting/drift/error-row";
import { sumErrors, skillOf, wapeOf } from "../../forecasting/drift/error-sums";
import type { CategoryMetrics } from "./metric-lines";
import type { MonitorNight } from "./night";

const PERCENT = 100;
const percent = (value: number | null) => (value === null ? NaN : PERCENT * value);

/** What CloudWatch is told of a night. A figure without a value is left out: 0 would read as "perfect". */
export function categoryMetrics(
  night: Pick<MonitorNight, "findings" | "inputs" | "faults" | "records" | "calibrations">,
  rows: readonly ErrorRow[],
  day: number,
  facts: Readonly<Record<string, number>> = {},
): CategoryMetrics[] {
  const stores = night.faults.filter(({ kind }) => kind !== "price-file").length;
  const all = { ...facts, ...calibrationFacts(night, rows, day) };
  const ofAll: CategoryMetrics = { category: ALL_CATEGORIES, values: { DataFaults: stores }, facts: all };
  const ofEach = night.findings.map(({ category, cusum }) => {
    const today = sumErrors(rows.filter((row) => row.category === category && row.day === day));
    const input = night.inputs.find((entry) => entry.category === category);
    const mine = night.records.filter(({ scope }) => scope === category);
    const values: Partial<Record<MetricName, number>> = {
      DailyWape: percent(wapeOf(today).value),
      DailySkill: percent(skillOf(today).value),
      ErrorCusum: cusum,
      InputDrift: input?.drift?.index ?? NaN,
      UnseenSkuShare: percent(input?.unseen.rowShare ?? null),
      PromotionShare: percent(input?.promotionShare ?? null),
      PriceIndex: input?.priceIndex ?? NaN,
      DriftActions: mine.filter(({ action, suppressedBy }) => action !== "none" && suppressedBy === undefined)
        .length,
      DataFaults: night.faults.filter((fault) => fault.kind === "price-file" && fault.category === category)
        .length,
    };
    return { category, values };
  });
  return [...ofEach, ofAll];
}

/** Factors that the next night uses, and what the last day's skill would be without one. */
function calibrationFacts(
  { calibrations }: Pick<MonitorNight, "calibrations">,
  rows: readonly ErrorRow[],
  day: number,
): Record<string, number> {
  const facts: Record<string, number> = {};
  for (const { category, factor } of calibrations) facts[CALIBRATION_FIELDS.factor(category)] = factor;
  for (const category of CATEGORIES) {
    const ofDay = rows.filter((row) => row.category === category && row.day === day);
    if (ofDay.every(({ calibration = 1 }) => calibration === 1)) continue;
    const { value } = skillOf(sumErrors(ofDay.map(uncalibrated)));
    if (value !== null) facts[CALIBRATION_FIELDS.skillWithout(category)] = percent(value);
  }
  return facts;
}
