/** What the errors of two models over stores and days look like; shares of the error unless said otherwise. */
export interface ErrorWorld {
  readonly storeCount: number;
  readonly dayCount: number;
  /** True change of the challenger's error: -0.03 is 3 % better. */
  readonly change: number;
  /** Deviation of a store's own change, which stays. */
  readonly storeEffect: number;
  /** Deviation of a store's change on one day, with the tails of Student's t with 3 degrees of freedom. */
  readonly noise: number;
  /** Deviation of a day's change that all stores share, and its autocorrelation from day to day. */
  readonly dayShock: number;
  readonly dayCorrelation: number;
  /** Deviation of the log of a store's sales, and of its error over its sales, which both models share. */
  readonly storeSales: number;
  readonly storeError: number;
}

/** Assumptions until the first SHADOW weeks of a chain have been measured. */
export const DEFAULT_ERROR_WORLD: ErrorWorld = {
  storeCount: 500,
  dayCount: 28,
  change: 0,
  storeEffect: 0.05,
  noise: 0.1,
  dayShock: 0.02,
  dayCorrelation: 0.3,
  storeSales: 0.6,
  storeError: 0.2,
};

/** Of one simulated comparison. */
export interface SimulatedErrors {
  /** By store: what it sells a day. */
  readonly sales: Float64Array;
  /** Fills the errors of the next day, by store. */
  readonly nextDay: (a: Float64Array, b: Float64Array) => void;
}

/** @param uniform draws from 0 (included) to 1 (excluded) */
export function simulateErrors(world: ErrorWorld, uniform: () => number): SimulatedErrors {
  const { storeCount, dayCorrelation: phi } = world;
  const normal = normals(uniform);
  const column = (draw: () => number) => Float64Array.from({ length: storeCount }, draw);
  const sales = column(() => Math.exp(world.storeSales * normal()));
  const level = column(() => Math.max(0.2, 1 + world.storeError * normal()));
  const effect = column(() => world.change + world.storeEffect * normal());
  let shock = normal();
  return {
    sales,
    nextDay: (a, b) => {
      const common = world.dayShock * shock;
      for (let s = 0; s < storeCount; s++) {
        // A quarter of the sales is error: the level cancels in every figure.
        a[s] = 0.25 * sales[s]! * level[s]!;
        b[s] = a[s]! * Math.max(0, 1 + effect[s]! + common + world.noise * heavyTailed(normal));
      }
      shock = phi * shock + Math.sqrt(1 - phi * phi) * normal();
    },
  };
}

/** Student's t with 3 degrees of freedom, scaled to a deviation of 1. */
function heavyTailed(normal: () => number): number {
  const [x, y, z] = [normal(), normal(), normal()];
  return normal() / Math.sqrt(x * x + y * y + z * z);
}

/** Marsaglia's polar method: two at a time. */
function normals(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const [u, v] = insideCircle(uniform);
    const square = u * u + v * v;
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    spare = v * scale;
    return u * scale;
  };
}

function insideCircle(uniform: () => number): readonly [number, number] {
  for (;;) {
    const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
    const square = u * u + v * v;
    if (square > 0 && square < 1) return [u, v];
  }
}
