import { ALL_CATEGORIES, CALIBRATION_FIELDS, type MetricName } from "../../contracts/metrics";
import { uncalibrated } from "../../forecasting/drift/calibration";
import type { ErrorRow } from "../../forecasting/drift/error-row";
import { sumErrors, skillOf, wapeOf } from "../../forecasting/drift/error-sums";
import type { CategoryMetrics } from "./metric-lines";
import type { MonitorNight } from "./night";

const PERCENT = 100;

/** What CloudWatch is told of a night. A figure without a value is left out: 0 would read as "perfect". */
export function categoryMetrics(
  night: Pick<MonitorNight, "findings" | "inputs" | "faults" | "records" | "calibrations">,
  rows: readonly ErrorRow[],
  day: number,
  facts: Readonly<Record<string, number>> = {},
): CategoryMetrics[] {
  const stores = night.faults.filter(({ kind }) => kind !== "price-file").length;
  const ofAll: CategoryMetrics = { category: ALL_CATEGORIES, values: { DataFaults: stores }, facts };
  const ofEach = night.findings.map(({ category, cusum }) => {
    const ofDay = rows.filter((row) => row.category === category && row.day === day);
    const today = sumErrors(ofDay);
    const input = night.inputs.find((entry) => entry.category === category);
    const mine = night.records.filter(({ scope }) => scope === category);
    const percent = (value: number | null) => (value === null ? NaN : PERCENT * value);
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
    const factor = night.calibrations.find((each) => each.category === category)?.factor;
    const isCalibrated = ofDay.some(({ calibration = 1 }) => calibration !== 1);
    const without = skillOf(sumErrors(ofDay.map(uncalibrated))).value;
    const calibration = {
      ...(factor === undefined ? {} : { [CALIBRATION_FIELDS.factor]: factor }),
      ...(isCalibrated && without !== null ? { [CALIBRATION_FIELDS.skillWithout]: percent(without) } : {}),
    };
    return { category, values, facts: calibration };
  });
  return [...ofEach, ofAll];
}
