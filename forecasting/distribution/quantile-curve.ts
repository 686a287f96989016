import { requireSameLength } from "../metrics/metric";

/** A forecast given as quantiles (DeepAR's output): values at ascending levels, made continuous. */
export interface QuantileCurve {
  readonly knotLevels: readonly number[];
  readonly knotValues: readonly number[];
}

/** Pools neighbours that cross (quantile crossing) to their mean: the closest non-decreasing sequence. */
export function isotonic(values: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    let block = { sum: value, count: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.count > block.sum / block.count;
      last = blocks.at(-1)
    ) {
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
}

/** Piecewise linear through the quantiles; both ends extrapolated from the two outer ones, never below 0. */
export function quantileCurve(levels: readonly number[], values: readonly number[]): QuantileCurve {
  requireSameLength(levels, values);
  if (levels.length < 2)
    throw new RangeError(`a quantile curve needs at least 2 levels, not ${levels.length}`);
  const q = isotonic(values);
  const slope = (i: number, j: number) => (q[j]! - q[i]!) / (levels[j]! - levels[i]!);
  const end = levels.length - 1;
  return {
    knotLevels: [0, ...levels, 1],
    knotValues: [
      Math.max(0, q[0]! - slope(0, 1) * levels[0]!),
      ...q,
      q[end]! + slope(end - 1, end) * (1 - levels[end]!),
    ],
  };
}

/** The value at `level` in 0..1. */
export function curveQuantile({ knotLevels, knotValues }: QuantileCurve, level: number): number {
  const right = Math.max(
    1,
    knotLevels.findIndex((knot) => knot >= level),
  );
  const [u0, u1] = [knotLevels[right - 1]!, knotLevels[right]!];
  const [q0, q1] = [knotValues[right - 1]!, knotValues[right]!];
  return u1 === u0 ? q1 : q0 + ((q1 - q0) * (level - u0)) / (u1 - u0);
}

/** Mean, expected unmet demand and expected left-over at a stock of `stock` units: exact integrals of the pieces. */
export function curveOutcome(
  curve: QuantileCurve,
  stock: number,
): { mean: number; lost: number; left: number } {
  let mean = 0;
  let lost = 0;
  for (let i = 1; i < curve.knotLevels.length; i++) {
    const width = curve.knotLevels[i]! - curve.knotLevels[i - 1]!;
    const [low, high] = [curve.knotValues[i - 1]!, curve.knotValues[i]!];
    mean += (width * (low + high)) / 2;
    if (high <= stock) continue;
    // Only the part of the piece above `stock` is lost: a triangle, or a trapezium when the whole piece lies above.
    const share = low >= stock ? 1 : (high - stock) / (high - low);
    lost += (width * share * (high - stock + Math.max(low - stock, 0))) / 2;
  }
  return { mean, lost, left: stock - mean + lost };
}
