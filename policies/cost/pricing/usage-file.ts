import * as fs from "node:fs";
import { nearestName } from "../../kit";
import type { Bounds } from "./range";
import { DEFAULT_USAGE, type UsageOverrides } from "./usage";

/** Keys of `Usage` whose value is a map from name pattern to range. */
const BY_NAME = Object.keys(DEFAULT_USAGE).filter(
  (key) => "*" in Object(DEFAULT_USAGE[key as keyof typeof DEFAULT_USAGE]),
);

/**
 * Reads the usage assumptions of an environment: the keys of `Usage` that differ from the defaults.
 *
 * @throws Error of one line per mistake: an unknown key, or a range that is none
 */
export function readUsageFile(file: string): UsageOverrides {
  if (!fs.existsSync(file)) throw new Error(`the usage file ${file} does not exist`);
  try {
    return parseUsage(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(
      (error as Error).message
        .split("\n")
        .map((line) => `${file}: ${line}`)
        .join("\n"),
      { cause: error },
    );
  }
}

export function parseUsage(json: unknown): UsageOverrides {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Error("usage is an object: assumption -> { minimum, maximum }");
  const mistakes = Object.entries(json).flatMap(([key, value]) => mistakesIn(key, value));
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  return json as UsageOverrides;
}

function mistakesIn(key: string, value: unknown): string[] {
  const names = Object.keys(DEFAULT_USAGE);
  if (!names.includes(key)) {
    const nearest = nearestName(key, names);
    return [`"${key}" is not a usage assumption${nearest ? `; did you mean "${nearest}"?` : ""}`];
  }
  if (key === "logCompressionShare")
    return typeof value === "number" && value >= 0 && value <= 1
      ? []
      : [`${key} must be a number from 0 to 1`];
  if (key.endsWith("Share") && !(isRange(value) && value.maximum <= 1)) return [`${key} ${RANGE_RULE} <= 1`];
  if (!BY_NAME.includes(key)) return isRange(value) ? [] : [`${key} ${RANGE_RULE}`];
  if (typeof value !== "object" || value === null || !("*" in value))
    return [`${key} must map name patterns to ranges and have one for "*"`];
  return Object.entries(value)
    .filter(([, range]) => !isRange(range))
    .map(([name]) => `${key}.${name} ${RANGE_RULE}`);
}

const RANGE_RULE = "must be { minimum, expected?, maximum } with 0 <= minimum <= expected <= maximum";

function isRange(value: unknown): value is Bounds {
  const { minimum, maximum, expected = minimum } = Object(value) as Partial<Bounds>;
  return (
    typeof minimum === "number" &&
    typeof expected === "number" &&
    typeof maximum === "number" &&
    minimum >= 0 &&
    minimum <= expected &&
    expected <= maximum
  );
}
