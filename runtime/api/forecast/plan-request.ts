import { HORIZON_DAYS } from "../../../contracts/horizon";
import type { ChainNight, ServingNight, SkuOfChain, StoreNight } from "../../../contracts/serving-files";
import { dayNumber, isoDate, weekdayOf } from "../../../forecasting/calendar/day";
import type { NightFiles, OpenNight } from "../../stores/night-files";
import { Problem } from "../problem";
import type { ForecastRequest, MissingSku } from "../schemas";

/** After so many days without a night its figures say nothing about today. */
const OLDEST_NIGHT_DAYS = 14;

/** What a request asks for, in terms of the last night. */
export interface RequestPlan {
  readonly night: ServingNight;
  readonly storeCode: string;
  readonly store: { readonly id: number; readonly name: string };
  /** ISO dates, each with its position in the night's lists. */
  readonly days: readonly { readonly day: string; readonly weekday: number; readonly position: number }[];
  /** Forecasts of the store; a store without a history has none. */
  readonly skus: StoreNight["skus"];
  /** SKUs that the store has a forecast of. */
  readonly known: readonly string[];
  /** SKUs that other stores sell, or nobody yet. */
  readonly fresh: readonly (readonly [code: string, sku: SkuOfChain])[];
  /** Read for `fresh` alone. */
  readonly chain?: ChainNight;
  readonly missing: readonly MissingSku[];
  readonly notices: readonly string[];
}

/** @throws Problem for a store that there is not, days out of reach, and SKUs of which none is known */
export async function planRequest(
  files: NightFiles,
  storeCode: string,
  request: ForecastRequest,
  today: string,
): Promise<RequestPlan> {
  const { value: open, isStale } = await available(files.open());
  const { night } = open;
  const store = Object.hasOwn(night.stores, storeCode) ? night.stores[storeCode] : undefined;
  if (!store) throw new Problem("unknown-store", `store "${storeCode}" is not one of the chain's`);
  const days = daysOf(night, request, today);
  const skus = (await available(open.store(store.id)))?.skus ?? {};
  const known = request.skus.filter((sku) => Object.hasOwn(skus, sku));
  const others = request.skus.filter((sku) => !Object.hasOwn(skus, sku));
  const notices = isStale ? ["the last night cannot be read anew: what was read before is used"] : [];
  const chain = others.length > 0 ? await chainOf(open, notices) : undefined;
  const fresh = others.flatMap((sku) =>
    chain && Object.hasOwn(chain.skus, sku) ? [[sku, chain.skus[sku]!] as const] : [],
  );
  const missing = others
    .filter((sku) => !chain || !Object.hasOwn(chain.skus, sku))
    .map((sku): MissingSku => ({ sku, reason: chain ? "unknown-sku" : "no-forecast" }));
  if (missing.length === request.skus.length && chain) {
    throw new Problem("unknown-skus", `no product master has ${shown(request.skus)}`);
  }
  const isOld = days.at(-1)!.position >= HORIZON_DAYS;
  if (isOld) notices.push(`the last night is of ${night.cutoff}: the last days repeat the week before`);
  return { night, storeCode, store, days, skus, known, fresh, chain, missing, notices };
}

function available<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw new Problem("not-available", messageOf(error), [], { "retry-after": "5" });
  });
}

/** Undefined when it cannot be read: what the store sells is forecast all the same. */
async function chainOf(open: OpenNight, notices: string[]): Promise<ChainNight | undefined> {
  try {
    const chain = await open.chain();
    if (chain) return chain;
    notices.push("SKUs that the store does not sell cannot be looked up: the night has no file of the chain");
  } catch (error) {
    notices.push(`SKUs that the store does not sell cannot be looked up: ${messageOf(error)}`);
  }
  return undefined;
}

/** A week from today, or a part of it. */
function daysOf(night: ServingNight, { from, days }: ForecastRequest, today: string): RequestPlan["days"] {
  const first = dayNumber(night.cutoff) + 1;
  const now = Math.max(dayNumber(today), first);
  if (now - first > OLDEST_NIGHT_DAYS) {
    throw new Problem("not-available", `the last night is of ${night.cutoff}, too long ago for a forecast`);
  }
  const start = from === undefined ? now : dayNumber(from);
  const last = now + HORIZON_DAYS - 1;
  if (start < now || start + days - 1 > last) {
    const detail = `${days} days from ${isoDate(start)} are not all within ${isoDate(now)} to ${isoDate(last)}, which forecasts reach`;
    throw new Problem("invalid-request", detail, [{ field: "/from", message: detail }]);
  }
  return Array.from({ length: days }, (_, i) => ({
    day: isoDate(start + i),
    weekday: weekdayOf(start + i),
    position: start + i - first,
  }));
}

const SHOWN_SKUS = 5;
const shown = (skus: readonly string[]) =>
  skus.length > SHOWN_SKUS ? `any of the ${skus.length} SKUs` : skus.map((sku) => `"${sku}"`).join(", ");

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
