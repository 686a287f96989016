import type { ForecastAnswer } from "../client";
import { element } from "./elements";
import { calibrationText, dayText, SOURCES } from "./words";

/** The week's forecast of one SKU: expected units, where eight days of ten will lie, and where the figure is from. */
export function forecastTable({ days }: ForecastAnswer["forecasts"][number]): HTMLElement {
  const head = ["日", "予測", "10日中8日はこの範囲", "根拠"].map((text) =>
    element("th", { scope: "col" }, text),
  );
  const rows = days.map(({ day, units, low, high, source, calibration }) =>
    element(
      "tr",
      {},
      ...[
        dayText(day),
        `${units.toFixed(1)}個`,
        `${low}〜${high}個`,
        SOURCES[source] + calibrationText(calibration),
      ].map((text) => element("td", {}, text)),
    ),
  );
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
  );
}
