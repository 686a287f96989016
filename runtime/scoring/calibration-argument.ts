import { CATEGORIES } from "../../contracts/categories";
import { MODEL_VERSION_PATTERN } from "../../contracts/model-artifact";
import type { LevelCalibration } from "../../contracts/run-documents";
import { CALIBRATION_BOUND } from "../../forecasting/drift/calibration";

/** `food/20261122-0123abcd=0.9134`, as the nightly machine gives what the monitor has measured. */
export function parseCalibration(text: string): Omit<LevelCalibration, "until"> {
  const [, name, version, number] = /^([a-z]+)\/([^=]+)=([\d.]+)$/.exec(text) ?? [];
  const category = CATEGORIES.find((each) => each === name);
  const factor = Number(number);
  const isAllowed = factor >= 1 - CALIBRATION_BOUND && factor <= 1 + CALIBRATION_BOUND;
  if (!category || !MODEL_VERSION_PATTERN.test(version ?? "") || !isAllowed) {
    throw new Error(
      `calibration "${text}": allowed is <category>/<version>=<${1 - CALIBRATION_BOUND} to ${1 + CALIBRATION_BOUND}>, food/20261122-0123abcd=0.9134`,
    );
  }
  return { category, version: version!, factor };
}
