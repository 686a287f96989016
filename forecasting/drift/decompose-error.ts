import { sumOver } from "../metrics/metric";

/** Absolute error and sales of one segment in one period. */
interface SegmentError {
  readonly absoluteError: number;
  readonly actual: number;
}

export type SegmentErrors = Readonly<Record<string, SegmentError>>;

/** Parts of a change of WAPE, as shares of sales; they add up to `change` exactly. */
export interface ErrorDecomposition {
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** Segments that only the second period has. */
  readonly entry: Readonly<Record<string, number>>;
  /** Segments that only the first period has. */
  readonly exit: Readonly<Record<string, number>>;
  /** What shifted shares of sales did, by segment of both periods. */
  readonly mix: Readonly<Record<string, number>>;
  /** What another error at the same share did, by segment of both periods. */
  readonly rate: Readonly<Record<string, number>>;
}

interface Side {
  readonly total: number;
  readonly all: number;
  readonly continuing: number;
  readonly continuingSales: number;
}

/**
 * Splits the change of WAPE between two periods. With s a share of all sales, p one of the sales of the segments that both
 * periods have, w a segment's WAPE and W the WAPE of those segments together:
 *
 *   entry  s1 (w1 - W1)      exit  -s0 (w0 - W0)
 *   mix    (p1 - p0) ((w0 + w1)/2 - (W0 + W1)/2)      rate  (p0 + p1)/2 (w1 - w0)
 *
 * @returns undefined where a period has no sales, or the two have no segment in common
 */
export function decomposeError(before: SegmentErrors, after: SegmentErrors): ErrorDecomposition | undefined {
  const sold = (errors: SegmentErrors) => Object.keys(errors).filter((name) => errors[name]!.actual > 0);
  const [names0, names1] = [sold(before), sold(after)];
  const both = names0.filter((name) => names1.includes(name));
  if (both.length === 0) return undefined;
  const [side0, side1] = [sideOf(before, names0, both), sideOf(after, names1, both)];
  const wape = (errors: SegmentErrors, name: string) => errors[name]!.absoluteError / errors[name]!.actual;
  const middle = (side0.continuing + side1.continuing) / 2;
  const mix: Record<string, number> = {};
  const rate: Record<string, number> = {};
  for (const name of both) {
    const [p0, p1] = [
      before[name]!.actual / side0.continuingSales,
      after[name]!.actual / side1.continuingSales,
    ];
    const [w0, w1] = [wape(before, name), wape(after, name)];
    mix[name] = (p1 - p0) * ((w0 + w1) / 2 - middle);
    rate[name] = ((p0 + p1) / 2) * (w1 - w0);
  }
  const only = (names: readonly string[], errors: SegmentErrors, side: Side, sign: 1 | -1) =>
    Object.fromEntries(
      names
        .filter((name) => !both.includes(name))
        .map((name) => [
          name,
          sign * (errors[name]!.actual / side.total) * (wape(errors, name) - side.continuing),
        ]),
    );
  return {
    before: side0.all,
    after: side1.all,
    change: side1.all - side0.all,
    entry: only(names1, after, side1, 1),
    exit: only(names0, before, side0, -1),
    mix,
    rate,
  };
}

function sideOf(errors: SegmentErrors, names: readonly string[], both: readonly string[]): Side {
  const total = (of: readonly string[], field: keyof SegmentError) =>
    sumOver(of.length, (i) => errors[of[i]!]![field]);
  const continuingSales = total(both, "actual");
  return {
    total: total(names, "actual"),
    all: total(names, "absoluteError") / total(names, "actual"),
    continuing: total(both, "absoluteError") / continuingSales,
    continuingSales,
  };
}
