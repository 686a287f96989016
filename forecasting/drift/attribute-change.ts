import { decomposeError, type ErrorDecomposition, type SegmentErrors } from "./decompose-error";
import { SEGMENT_KINDS, type ErrorRow, type SegmentKind } from "./error-row";
import { sumErrors } from "./error-sums";
import { ResampledErrors } from "./resampled-errors";

/** What can stand behind a higher error. */
const CAUSES = ["new-skus", "sale", "called-off", "thin-sales", "regular"] as const;
export type Cause = (typeof CAUSES)[number];

interface CauseShare {
  readonly cause: Cause;
  /** Part of the change of WAPE; those of all causes add up to it. */
  readonly change: number;
  /** 95 % interval of `change`. */
  readonly low: number;
  readonly high: number;
  /** Part of the whole change, 1 for all of it. */
  readonly share: number;
  /** Whether it explains enough of a rise, and not by chance. */
  readonly isNamed: boolean;
}

/** Skill of the regular part in both periods. */
export interface SkillChange {
  readonly before: number;
  readonly after: number;
  /** What after - before stays under in 95 of 100 drawings: under 0, the fall is no chance. */
  readonly high: number;
}

/** Whether the regular part of the second period is off by one factor. */
interface RegularBias {
  /** Forecast less sold, as a share of sold; above 0 is too much. */
  readonly share: number;
  /** Skill of the same forecasts divided by 1 + share. */
  readonly skillWithout: number;
}

export interface Attribution {
  readonly decomposition: ErrorDecomposition;
  readonly causes: readonly CauseShare[];
  readonly regularSkill: SkillChange;
  readonly regularBias: RegularBias;
}

/** A cause that explains less of the change is not worth an action of its own. */
const NAMED_SHARE = 0.2;
const RESAMPLES = 499;
const INTERVAL = [0.025, 0.975] as const;
const SKILL_LEVEL = 0.95;

/**
 * Splits a change of WAPE between two periods into causes that add up to it. Each has an interval from drawing whole SKUs and
 * whole days anew with a fixed seed: a hot day is one observation, however many SKUs it spoils.
 *
 * @param beganAfter day after which the rise began: days before it say nothing of a level that has moved since
 * @returns undefined where a period has no sales
 */
export function attributeChange(
  before: readonly ErrorRow[],
  after: readonly ErrorRow[],
  { resamples = RESAMPLES, beganAfter = -Infinity }: { resamples?: number; beganAfter?: number } = {},
): Attribution | undefined {
  const errors = new ResampledErrors(before, after);
  const asGiven = errors.sums();
  const decomposition = decomposeError(segmentsOf(asGiven, 0), segmentsOf(asGiven, 1));
  if (decomposition === undefined) return undefined;
  const changes = causeChanges(decomposition, asGiven);
  const [samples, skillChanges]: [number[][], number[]] = [[], []];
  for (let i = 0; i < resamples; i++) {
    const sums = errors.drawnSums();
    const drawn = decomposeError(segmentsOf(sums, 0), segmentsOf(sums, 1));
    if (drawn === undefined) continue;
    samples.push(causeChanges(drawn, sums));
    skillChanges.push(skillIn(sums, 1) - skillIn(sums, 0));
  }
  const causes = CAUSES.map((cause, i) => {
    const change = changes[i]!;
    const drawn = samples.map((sample) => sample[i]!);
    const [low, high] = [quantileOf(drawn, INTERVAL[0]), quantileOf(drawn, INTERVAL[1])];
    const share = decomposition.change === 0 ? 0 : change / decomposition.change;
    const isNamed = decomposition.change > 0 && change > 0 && low > 0 && share >= NAMED_SHARE;
    return { cause, change, low, high, share, isNamed };
  });
  const regularSkill = {
    before: skillIn(asGiven, 0),
    after: skillIn(asGiven, 1),
    high: quantileOf(skillChanges, SKILL_LEVEL),
  };
  return {
    decomposition,
    causes,
    regularSkill,
    regularBias: regularBiasOf(after.filter(({ day }) => day > beganAfter)),
  };
}

function regularBiasOf(rows: readonly ErrorRow[]): RegularBias {
  const regular = rows.filter(({ kind }) => kind === "regular");
  const { actual, error, naiveError } = sumErrors(regular);
  const factor = actual > 0 && actual + error > 0 ? (actual + error) / actual : 1;
  const left = regular.reduce(
    (sum, row) => sum + Math.abs((row.actual + row.error) / factor - row.actual),
    0,
  );
  return { share: factor - 1, skillWithout: naiveError > 0 ? 1 - left / naiveError : 0 };
}

/**
 * What belongs to each cause, in the order of CAUSES. A sale shifts sales from regular to promoted days: both ends are its. Of
 * the regular part, what chance alone does where less is sold is not the model's doing. What disturbs ordinary items disturbs
 * those on offer, with a called-off offer, and new ones as much, and is not the doing of these: only what they rise beyond is.
 */
function causeChanges({ entry, exit, mix, rate }: ErrorDecomposition, sums: Sums): number[] {
  const of = (part: Readonly<Record<string, number>>, kind: string) => part[kind] ?? 0;
  const all = (kind: string) => of(entry, kind) + of(exit, kind) + of(mix, kind) + of(rate, kind);
  const regular = of(entry, "regular") + of(exit, "regular") + of(rate, "regular");
  const thin = rate.regular === undefined ? 0 : noiseChange(sums);
  const [ofNew, ofPromoted, ofCalledOff] = (["new", "promoted", "called-off"] as const).map((kind) =>
    sharedChange(kind, sums, rate),
  ) as [number, number, number];
  return [
    all("new") - ofNew,
    all("promoted") - ofPromoted + of(mix, "regular"),
    all("called-off") - ofCalledOff,
    thin,
    regular - thin + ofNew + ofPromoted + ofCalledOff,
  ];
}

/**
 * How much of a kind's higher error it has in common with regular items: their errors without chance have grown by a
 * disturbance that adds to any others as squares do. Never more than the kind's own rise.
 */
function sharedChange(kind: SegmentKind, [before, after]: Sums, rate: ErrorDecomposition["rate"]): number {
  const rise = rate[kind] ?? 0;
  if (rise <= 0 || rate.regular === undefined) return 0;
  const wape = ({ absoluteError, actual }: Sums[0][number]) => absoluteError / actual;
  const own = (period: Sums[0]) =>
    Math.max(0, wape(period[REGULAR]!) ** 2 - (period[REGULAR]!.noise / period[REGULAR]!.actual) ** 2);
  const disturbance = Math.max(0, own(after) - own(before));
  const at = SEGMENT_KINDS.indexOf(kind);
  const [first, second] = [wape(before[at]!), wape(after[at]!)];
  const shared = Math.hypot(first, Math.sqrt(disturbance)) - first;
  return Math.min(rise, (rise * shared) / (second - first));
}

const REGULAR = SEGMENT_KINDS.indexOf("regular");

/** Change of the noise floor of the regular part, at its mean share of the sales of the kinds that both periods have. */
function noiseChange([before, after]: Sums): number {
  const isBoth = (_: unknown, k: number) => before[k]!.actual > 0 && after[k]!.actual > 0;
  const share = (period: Sums[0]) => {
    const sold = period.filter(isBoth).reduce((sum, { actual }) => sum + actual, 0);
    return period[REGULAR]!.actual / sold;
  };
  const floor = (period: Sums[0]) => period[REGULAR]!.noise / period[REGULAR]!.actual;
  return ((share(before) + share(after)) / 2) * (floor(after) - floor(before));
}

type Sums = ReturnType<ResampledErrors["sums"]>;

function segmentsOf(sums: Sums, period: 0 | 1): SegmentErrors {
  return Object.fromEntries(SEGMENT_KINDS.map((kind, k) => [kind, sums[period][k]!]));
}

/** 0 where seasonal naive has no error to avoid. */
function skillIn(sums: Sums, period: 0 | 1): number {
  const { absoluteError, naiveError } = sums[period][REGULAR]!;
  return naiveError > 0 ? 1 - absoluteError / naiveError : 0;
}

function quantileOf(values: readonly number[], level: number): number {
  return Float64Array.from(values).sort()[Math.round(level * (values.length - 1))] ?? 0;
}
