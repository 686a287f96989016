import { HORIZON_DAYS } from "../../../contracts/horizon";
import type { ChainNight, NightManifest, SkuOfChain, StoreNight } from "../../../contracts/serving-files";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import type { NightFiles } from "../../stores/night-files";
import { Problem } from "../problem";
import type { ForecastRequest, MissingSku } from "../schemas";

/** After so many days without a night its figures say nothing about today. */
const OLDEST_NIGHT_DAYS = 14;

/** What a request asks for, in terms of the last night. */
export interface RequestPlan {
  readonly manifest: NightManifest;
  readonly storeCode: string;
  readonly store: { readonly id: number; readonly name: string };
  /** ISO dates, each with its position in the night's lists. */
  readonly days: readonly { readonly day: string; readonly position: number }[];
  /** Forecasts of the store; a store without a history has none. */
  readonly night: StoreNight;
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
  const { value: manifest, isStale } = await files.manifest().catch((error: unknown) => {
    throw new Problem("not-available", messageOf(error), [], { "retry-after": "5" });
  });
  const store = Object.hasOwn(manifest.stores, storeCode) ? manifest.stores[storeCode] : undefined;
  if (!store) throw new Problem("unknown-store", `store "${storeCode}" is not one of the chain's`);
  const days = daysOf(manifest, request, today);
  const night = await files.store(manifest.cutoff, store.id).catch((error: unknown) => {
    throw new Problem("not-available", messageOf(error), [], { "retry-after": "5" });
  });
  const skus = night?.skus ?? {};
  const known = request.skus.filter((sku) => Object.hasOwn(skus, sku));
  const others = request.skus.filter((sku) => !Object.hasOwn(skus, sku));
  const notices = isStale ? ["the last night's manifest cannot be read anew"] : [];
  const chain = others.length > 0 ? await chainOf(files, manifest, notices) : undefined;
  const fresh = others.flatMap((sku) =>
    chain && Object.hasOwn(chain.skus, sku) ? [[sku, chain.skus[sku]!] as const] : [],
  );
  const missing = others
    .filter((sku) => !chain || !Object.hasOwn(chain.skus, sku))
    .map((sku): MissingSku => ({ sku, reason: "unknown-sku" }));
  if (missing.length === request.skus.length && chain) {
    throw new Problem("unknown-skus", `no product master has any of ${shown(request.skus)}`);
  }
  if (days[0]!.position > 0)
    notices.push(`the last night is of ${manifest.cutoff}: it is older than yesterday`);
  return {
    manifest,
    storeCode,
    store,
    days,
    night: night ?? { version: 1, skus: {} },
    known,
    fresh,
    chain,
    missing,
    notices,
  };
}

async function chainOf(
  files: NightFiles,
  { cutoff }: NightManifest,
  notices: string[],
): Promise<ChainNight | undefined> {
  return files.chain(cutoff).catch((error: unknown) => {
    notices.push(`SKUs that the store does not sell cannot be looked up: ${messageOf(error)}`);
    return undefined;
  });
}

/** A week from today, or a part of it. */
function daysOf(
  manifest: NightManifest,
  { from, days }: ForecastRequest,
  today: string,
): RequestPlan["days"] {
  const first = dayNumber(manifest.cutoff) + 1;
  const now = Math.max(dayNumber(today), first);
  if (now - first > OLDEST_NIGHT_DAYS) {
    throw new Problem(
      "not-available",
      `the last night is of ${manifest.cutoff}, too long ago for a forecast`,
    );
  }
  const start = from === undefined ? now : dayNumber(from);
  const last = now + HORIZON_DAYS - 1;
  if (start < now || start + days - 1 > last) {
    const detail = `${days} days from ${isoDate(start)} are not all within ${isoDate(now)} to ${isoDate(last)}, which forecasts reach`;
    throw new Problem("invalid-request", detail, [{ field: "/from", message: detail }]);
  }
  return Array.from({ length: days }, (_, i) => ({ day: isoDate(start + i), position: start + i - first }));
}

const SHOWN_SKUS = 5;
const shown = (skus: readonly string[]) =>
  skus.length > SHOWN_SKUS ? `the ${skus.length} SKUs` : skus.map((sku) => `"${sku}"`).join(", ");

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
