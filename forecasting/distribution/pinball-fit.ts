import { quantiles } from "./count-distribution";
import { cellDistribution, type Dispersion } from "./dispersion";

/** Quantiles that the fit is held against: the two sides of the published interval and what lies between. */
const LEVELS = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const;
/** Bins of the forecast mean, equally wide in its logarithm: within one, all cells share their quantiles. */
const BINS = 48;
const LOWEST_MEAN = 1e-3;
/** Grid of variance = linear x mean + quadratic x mean^2. */
const LINEAR = [1, 1.15, 1.3, 1.5, 1.8, 2.2, 3, 4, 6, 9, 14, 22, 35, 60, 100];
const QUADRATIC = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 2, 3, 5, 8];

/** The cells of one bin: their mean forecast, what happened in ascending order, and running sums of it. */
interface MeanBin {
  readonly mean: number;
  readonly actual: Float64Array;
  readonly sums: Float64Array;
}

export type PinballLoss = (dispersion: Dispersion) => number;

/** Summed pinball loss of the quantiles that a dispersion implies for these cells. */
export function pinballLossOf(actual: ArrayLike<number>, mean: ArrayLike<number>): PinballLoss {
  const bins = binsOf(actual, mean);
  return (dispersion) =>
    bins.reduce((sum, bin) => {
      const values = quantiles(cellDistribution(dispersion, bin.mean), LEVELS);
      return sum + values.reduce((loss, value, j) => loss + lossInBin(bin, value, LEVELS[j]!), 0);
    }, 0);
}

/**
 * Losses that differ by less are as good as each other while the cells are few: 2 % for a hundred, less with the root of more.
 * Of those the widest is taken, since a level moves more from the measured weeks to the next than within them.
 */
const TIE = { most: 0.02, cells: 100, mostCells: 1000 } as const;

/** The grid point with the smallest loss, or the widest that ties. Pinball loss grows with an outlier, never with its square. */
export function fitByPinball(loss: PinballLoss, like: Dispersion, typicalMean: number): Dispersion {
  const grid = LINEAR.flatMap((linear) => QUADRATIC.map((quadratic) => ({ ...like, linear, quadratic }))).map(
    (candidate) => ({ candidate, value: loss(candidate) }),
  );
  const best = grid.reduce((least, each) => (each.value < least.value ? each : least));
  if (like.cells >= TIE.mostCells) return best.candidate;
  const tie = TIE.most * Math.min(1, Math.sqrt(TIE.cells / Math.max(like.cells, 1)));
  // Variance alone is no width: that of a rare seller goes with more zeros.
  const widthOf = (dispersion: Dispersion) => {
    const [low, high] = quantiles(cellDistribution(dispersion, typicalMean), [0.1, 0.9]);
    return high! - low!;
  };
  return grid
    .filter(({ value }) => value <= best.value * (1 + tie))
    .reduce((wide, each) => (widthOf(each.candidate) > widthOf(wide.candidate) ? each : wide), best)
    .candidate;
}

function binsOf(actual: ArrayLike<number>, mean: ArrayLike<number>): MeanBin[] {
  let [low, high] = [Infinity, -Infinity];
  const logs = Float64Array.from(mean, (value) => Math.log(Math.max(value, LOWEST_MEAN)));
  for (const value of logs) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const width = Math.max((high - low) / BINS, 1e-9);
  const members = Array.from({ length: BINS }, (): number[] => []);
  logs.forEach((value, cell) => members[Math.min(BINS - 1, Math.floor((value - low) / width))]!.push(cell));
  return members
    .filter((cells) => cells.length > 0)
    .map((cells) => {
      const sorted = Float64Array.from(cells, (cell) => actual[cell]!).sort();
      const sums = new Float64Array(sorted.length + 1);
      sorted.forEach((value, i) => (sums[i + 1] = sums[i]! + value));
      return {
        mean: cells.reduce((sum, cell) => sum + mean[cell]!, 0) / cells.length,
        actual: sorted,
        sums,
      };
    });
}

/** Pinball loss of one value for all cells of a bin, from the running sums. */
function lossInBin({ actual, sums }: MeanBin, value: number, level: number): number {
  let [from, to] = [0, actual.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (actual[middle]! <= value) from = middle + 1;
    else to = middle;
  }
  const below = value * from - sums[from]!;
  const above = sums[actual.length]! - sums[from]! - value * (actual.length - from);
  return (1 - level) * below + level * above;
}
