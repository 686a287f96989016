import { decimal, integer, text, type FeatureGroupSchema } from "./schema";

/** Weather of an area and day, `<area>-<yyyy-mm-dd>`. Models may read the forecast only: the actual is not known in time. */
export const weather: FeatureGroupSchema = {
  name: "weather",
  version: 1,
  description: "Weather of one area and day: the forecast issued seven days before, and what came",
  recordIdentifier: text("area_day"),
  columns: [
    integer("area"),
    text("day"),
    decimal("temperature_forecast"),
    decimal("rain_forecast"),
    decimal("temperature_actual"),
    decimal("rain_actual"),
  ],
};
