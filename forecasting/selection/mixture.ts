import { METHODS, type Method, type MethodColumns } from "../methods/method-list";

/** Weights of the methods that are published together; they add up to 1. */
export type Mixture = Readonly<Partial<Record<Method, number>>>;

/** One method, or two with the same weight: what may be chosen. Simpler ones first. */
export const CANDIDATES: readonly Mixture[] = [
  ...METHODS.map((method): Mixture => ({ [method]: 1 })),
  ...METHODS.flatMap((a, i) =>
    METHODS.slice(i + 1)
      .filter(() => a !== "zero")
      .map((b): Mixture => ({ [a]: 0.5, [b]: 0.5 })),
  ),
];

export function mixtureName(mixture: Mixture): string {
  const parts = Object.entries(mixture);
  if (parts.length === 1) return parts[0]![0];
  return parts.map(([method, weight]) => `${Math.round(weight * 100)} % ${method}`).join(" + ");
}

/** What a mixture expects of the rows [from, to), written to `out`. */
export function mix(
  mixture: Mixture,
  columns: MethodColumns,
  out: Float32Array,
  from = 0,
  to = out.length,
): void {
  const parts = Object.entries(mixture) as [Method, number][];
  for (let row = from; row < to; row++) {
    let sum = 0;
    for (const [method, weight] of parts) sum += weight * columns[method][row]!;
    out[row] = sum;
  }
}
