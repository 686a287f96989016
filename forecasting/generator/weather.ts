import { dayOfYear } from "../calendar/day";
import { AREAS } from "./masters";
import type { WorldDays } from "./options";
import { randomFor } from "./random";

/** One area's weather; a forecast is what was known seven days before. */
export interface AreaWeather {
  readonly temperatureForecast: Float32Array;
  readonly rainForecast: Float32Array;
  readonly temperatureActual: Float32Array;
  readonly rainActual: Float32Array;
}

/** Yearly mean and amplitude of the daily mean temperature, roughly the normals of 1991-2020. */
const NORMALS = [
  [9.2, 13],
  [12.8, 11.5],
  [15.8, 11],
  [16.2, 12],
  [17.1, 11.8],
  [17.3, 11],
] as const;

/** Deviation of the temperature about the forecast of seven days before. */
export const FORECAST_ERROR_DEGREES = 2.2;
const ANOMALY_DEGREES = 2.2;
const ANOMALY_PERSISTENCE = 0.8;

export function makeWeather(seed: number, days: WorldDays): AreaWeather[] {
  return AREAS.map((area, i) => makeArea(seed, area, NORMALS[i] ?? NORMALS[2], days));
}

function makeArea(
  seed: number,
  name: string,
  normal: readonly [number, number],
  days: WorldDays,
): AreaWeather {
  const random = randomFor(seed, `weather ${name}`);
  const count = days.knownDayCount;
  const weather = {
    temperatureForecast: new Float32Array(count),
    rainForecast: new Float32Array(count),
    temperatureActual: new Float32Array(count),
    rainActual: new Float32Array(count),
  };
  let anomaly = ANOMALY_DEGREES * random.normal();
  for (let i = 0; i < count; i++) {
    const shock = ANOMALY_DEGREES * Math.sqrt(1 - ANOMALY_PERSISTENCE ** 2) * random.normal();
    anomaly = ANOMALY_PERSISTENCE * anomaly + shock;
    const forecast = normalTemperature(normal, dayOfYear(days.firstDay + i)) + anomaly;
    const rain = Math.min(0.95, 0.08 + 0.75 * random.uniform() ** 2);
    weather.temperatureForecast[i] = Math.round(forecast * 10) / 10;
    weather.rainForecast[i] = Math.round(rain * 20) / 20;
    weather.temperatureActual[i] =
      (weather.temperatureForecast[i] ?? 0) + FORECAST_ERROR_DEGREES * random.normal();
    weather.rainActual[i] = random.uniform() < (weather.rainForecast[i] ?? 0) ? 1 : 0;
  }
  return weather;
}

/** Coldest in late January, warmest in late July. */
function normalTemperature([mean, amplitude]: readonly [number, number], day: number): number {
  return mean - amplitude * Math.cos((2 * Math.PI * (day - 26)) / 365.25);
}
