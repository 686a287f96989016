import type { FeatureMatrix } from "../../forecasting/feature-matrix";
import { sharedMatrix } from "../../forecasting/feature-matrix";
import { mix32 } from "../../forecasting/trees/sampling";
import type { TrainingData } from "../../forecasting/trees/train-trees";

/** A small linear congruential generator: the same numbers on every machine. */
export function randomNumbers(seed: number): () => number {
  let state = mix32(seed) | 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

function poissonDraw(mean: number, random: () => number): number {
  let count = 0;
  for (let left = Math.exp(-mean), sum = left, u = random(); u > sum && count < 200; sum += left) {
    left *= mean / ++count;
  }
  return count;
}

/** Counts that depend on four of eight features, one of them through its absence; weekday-like, count-like and real-valued columns. */
export function countData(rows: number, seed: number): TrainingData {
  const random = randomNumbers(seed);
  const names = ["weekday", "promo", "lag", "level", "noise_a", "noise_b", "temperature", "sparse"];
  const features: FeatureMatrix = sharedMatrix(names, rows);
  const label = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const weekday = Math.floor(random() * 7);
    const promo = random() < 0.2 ? 1 : 0;
    const level = -Math.log(random()) * 3;
    const isSparse = random() < 0.3;
    const mean = level * (1 + 0.8 * promo) * (weekday >= 5 ? 1.5 : 1) * (isSparse ? 0.5 : 1) + 0.05;
    const lag = random() < 0.1 ? NaN : poissonDraw(level, random);
    const values = [
      weekday,
      promo,
      lag,
      level,
      random(),
      random() * 100,
      30 * random(),
      isSparse ? NaN : random(),
    ];
    values.forEach((value, f) => (features.columns[f]![row] = value));
    label[row] = poissonDraw(mean, random);
  }
  return { features, label };
}

/** The rows at some positions, in that order. */
export function pickRows(data: TrainingData, positions: readonly number[]): TrainingData {
  const pick = (values: Float32Array) => Float32Array.from(positions, (row) => values[row]!);
  return {
    features: {
      names: data.features.names,
      rows: positions.length,
      columns: data.features.columns.map(pick),
    },
    label: pick(data.label),
    weight: data.weight && pick(data.weight),
    baseMargin: data.baseMargin && pick(data.baseMargin),
  };
}

/** Rows as the CSV that XGBoost's command line reads: label first, nine digits (fewer move a value across a threshold). */
export function toCsv({ features, label }: TrainingData): string {
  const lines = Array.from(label, (value, row) => {
    const cells = features.columns.map((column) => column[row]!);
    return [value, ...cells.map((cell) => (Number.isNaN(cell) ? "" : cell.toPrecision(9)))].join(",");
  });
  return lines.join("\n") + "\n";
}

/** The reverse of `toCsv`. */
export function readCsv(text: string): TrainingData {
  const rows = text
    .trim()
    .split("\n")
    .map((line) => line.split(",").map((cell) => (cell === "" ? NaN : Number(cell))));
  const names = rows[0]!.slice(1).map((_, f) => `f${f}`);
  const columns = names.map((_, f) => Float32Array.from(rows, (row) => row[f + 1]!));
  return {
    features: { names, rows: rows.length, columns },
    label: Float32Array.from(rows, (row) => row[0]!),
  };
}

/** Largest relative difference between two lists of predictions. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new Error(`${actual.length} predictions, expected ${expected.length}`);
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) / Math.max(1e-6, Math.abs(expected[i]!));
    worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
  }
  return worst;
}
