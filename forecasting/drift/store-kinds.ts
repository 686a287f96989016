import type { Category } from "../../contracts/categories";
import { STORE_KINDS, type StoreKind } from "../../contracts/metrics";
import { randomFor } from "../generator/random";
import { decomposeError, type SegmentErrors } from "./decompose-error";

/** Errors of one category in one kind of store on one day; SKUs are added up over its stores before the error is taken. */
export interface KindDay {
  readonly kind: StoreKind;
  readonly category: Category;
  readonly day: number;
  readonly actual: number;
  readonly absoluteError: number;
}

/** The change of WAPE between two periods by kind of store; the parts add up to it. */
export interface StoreKindChange {
  readonly before: number;
  readonly after: number;
  readonly change: number;
  readonly kinds: readonly {
    readonly kind: StoreKind;
    /** WAPE of its stores; null where they sold nothing. */
    readonly before: number | null;
    readonly after: number | null;
    /** Part of the change, by another share of the sales and by another error. */
    readonly change: number;
    /** Share of the second period's sales. */
    readonly salesShare: number;
  }[];
  /** The kind of store that carries a rise; absent where none does. */
  readonly carrier?: StoreKind;
}

/** A kind carries a rise from this part of it on, */
const CARRIED_PART = 0.5;
/** where the part exceeds its share of the sales by this much, */
const BEYOND_SALES = 0.2;
/** and in so many drawings of the days out of all does so at all. */
const RESAMPLES = 199;
const LEVEL = 0.975;

/** @returns undefined where a period has no sales */
export function storeKindChange(
  before: readonly KindDay[],
  after: readonly KindDay[],
): StoreKindChange | undefined {
  const [first, second] = [daysOf(before), daysOf(after)];
  const found = changeOf(sumDays(first), sumDays(second));
  if (found === undefined) return undefined;
  const carrier = carrierOf(found, first, second);
  return carrier === undefined ? found : { ...found, carrier };
}

function changeOf(first: SegmentErrors, second: SegmentErrors): StoreKindChange | undefined {
  const found = decomposeError(first, second);
  if (found === undefined) return undefined;
  const { entry, exit, mix, rate, ...wapes } = found;
  const wape = ({ actual, absoluteError }: Sums) => (actual > 0 ? absoluteError / actual : null);
  const sold = STORE_KINDS.reduce((sum, kind) => sum + second[kind]!.actual, 0);
  return {
    ...wapes,
    kinds: STORE_KINDS.filter((kind) => first[kind]!.actual > 0 || second[kind]!.actual > 0).map((kind) => ({
      ...{ kind, before: wape(first[kind]!), after: wape(second[kind]!) },
      change: [entry, exit, mix, rate].reduce((sum, part) => sum + (part[kind] ?? 0), 0),
      salesShare: second[kind]!.actual / sold,
    })),
  };
}

/** A kind whose part of a rise is most of it, far beyond its share of the sales, and no chance of some days. */
function carrierOf(
  found: StoreKindChange,
  before: readonly SegmentErrors[],
  after: readonly SegmentErrors[],
): StoreKind | undefined {
  const top = found.kinds.reduce((most, each) => (each.change > most.change ? each : most));
  const part = top.change / found.change;
  if (!(found.change > 0) || part < CARRIED_PART || part < top.salesShare + BEYOND_SALES) return undefined;
  const random = randomFor(1, "store kinds");
  const drawn = (days: readonly SegmentErrors[]) =>
    sumDays(days.map(() => days[random.integer(0, days.length - 1)]!));
  let beyond = 0;
  for (let i = 0; i < RESAMPLES; i++) {
    const again = changeOf(drawn(before), drawn(after));
    const own = again?.kinds.find(({ kind }) => kind === top.kind);
    if (again && own && own.change > own.salesShare * again.change) beyond++;
  }
  return beyond >= LEVEL * RESAMPLES ? top.kind : undefined;
}

type Sums = SegmentErrors[string];

/** Sums of each day by kind: a day is drawn whole. */
function daysOf(entries: readonly KindDay[]): SegmentErrors[] {
  const byDay = new Map<number, KindDay[]>();
  for (const entry of entries) {
    const ofDay = byDay.get(entry.day);
    if (ofDay) ofDay.push(entry);
    else byDay.set(entry.day, [entry]);
  }
  return [...byDay.values()].map((ofDay) =>
    Object.fromEntries(ofDay.map(({ kind }) => [kind, addUp(ofDay.filter((each) => each.kind === kind))])),
  );
}

const sumDays = (days: readonly SegmentErrors[]): SegmentErrors =>
  Object.fromEntries(
    STORE_KINDS.map((kind) => [kind, addUp(days.flatMap((ofDay) => (ofDay[kind] ? [ofDay[kind]] : [])))]),
  );

function addUp(parts: readonly Sums[]): Sums {
  let [actual, absoluteError] = [0, 0];
  for (const part of parts) {
    actual += part.actual;
    absoluteError += part.absoluteError;
  }
  return { actual, absoluteError };
}
