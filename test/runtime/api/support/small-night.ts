import { gzipSync } from "node:zlib";
import type { ForecastLogLine } from "../../../../contracts/api";
import { CATEGORIES, type Category } from "../../../../contracts/categories";
import type { LiveSplit } from "../../../../contracts/experiment";
import { seriesDay } from "../../../../contracts/feature-groups";
import { MODEL_INPUT_NAMES, modelInputCsv } from "../../../../contracts/model-input";
import {
  type ChainNight,
  type OrderNight,
  SERVING_FILES,
  type ServingNight,
  type StoreNight,
} from "../../../../contracts/serving-files";
import { dayNumber, isoDate, weekdayOf } from "../../../../forecasting/calendar/day";
import { dispatcher } from "../../../../runtime/api/dispatch";
import { answerForecast, type ForecastPorts } from "../../../../runtime/api/forecast/answer-forecast";
import { Router } from "../../../../runtime/api/forecast/router";
import { answerHealth } from "../../../../runtime/api/health";
import { answerOrder, confirmOrder } from "../../../../runtime/api/orders/answer-order";
import type { Invocation, ModelAnswer } from "../../../../runtime/endpoints/model-endpoint";
import { NightFiles } from "../../../../runtime/stores/night-files";
import type { ObjectStore, StoredObject, WriteCondition } from "../../../../runtime/stores/object-store";
import type { FeatureBatch, FeatureRow } from "../../../../runtime/stores/online-features";

/** Sales are known up to this day; the night is of the days after it. */
const CUTOFF = "2026-11-22";
const TODAY = "2026-11-23";
export const CHAMPION = "20260927-aaaaaaaa";
export const CHALLENGER = "20261004-bbbbbbbb";

const week = (value: number) => Array.from({ length: 7 }, () => value);
const sku = (id: number, category: Category, champion: readonly number[] = week(4)) => ({
  id,
  name: `SKU ${id}`,
  category,
  champion,
  challenger: champion.map((units) => units * 2),
  baseline: week(3),
  naive: [2, ...week(2).slice(1)],
});

/** D1 and D2 are drinks, F1 is food and closed on its second day. */
export const STORE: StoreNight = {
  version: 1,
  skus: { D1: sku(1, "drinks"), D2: sku(2, "drinks"), F1: sku(3, "food", [4, 0, 4, 4, 4, 4, 4]) },
};

const CHAIN: ChainNight = {
  version: 1,
  skus: {
    ...Object.fromEntries(
      Object.entries(STORE.skus).map(([code, { id, name, category }]) => [
        code,
        { id, name, category, priceBand: 2, mean: week(5) },
      ]),
    ),
    N1: { id: 4, name: "new to the store", category: "drinks", priceBand: 2, mean: week(6) },
    N2: { id: 5, name: "new to the chain", category: "food", priceBand: 3 },
  },
  bands: { "food 3": week(1.5) },
  storeSizes: { "1": { drinks: 0.5 } },
};

const NIGHT: ServingNight = {
  version: 1,
  cutoff: CUTOFF,
  models: { champion: { drinks: CHAMPION }, challenger: {} },
  intervals: { drinks: { low: [3, 9, 18], high: [0.1, 2, 5, 20] } },
  stores: { S1: { id: 1, name: "駅前店" }, S2: { id: 2, name: "new store" } },
};

const ORDER: OrderNight = {
  version: 1,
  day: TODAY,
  stockSource: "counted",
  lines: [
    {
      sku: "D1",
      name: "SKU 1",
      category: "drinks",
      packs: 2,
      units: 12,
      packSize: 6,
      reason: "demand",
      stockUnits: 3,
      protectionDays: 2,
      expectedUnits: 11.5,
      stockOutProbability: 0.041,
      costYen: 960,
    },
  ],
  assortment: { D1: { name: "SKU 1", packSize: 6 }, D2: { name: "SKU 2", packSize: 1 } },
};

class MemoryObjects implements ObjectStore {
  private readonly objects = new Map<string, string | Buffer>();
  private version = 0;
  private readonly etags = new Map<string, string>();
  /** Set to make every access fail. */
  public failure: Error | undefined;

  public set(key: string, content: string | Buffer): void {
    this.objects.set(key, content);
    this.etags.set(key, `"${++this.version}"`);
  }

  public delete(key: string): void {
    this.objects.delete(key);
  }

  public get(key: string): Promise<StoredObject | undefined> {
    if (this.failure) return Promise.reject(this.failure);
    const content = this.objects.get(key);
    return Promise.resolve(
      content === undefined ? undefined : { content: Buffer.from(content), etag: this.etags.get(key)! },
    );
  }

  public put(key: string, content: string, condition: WriteCondition): Promise<string | undefined> {
    const before = this.objects.has(key) ? this.etags.get(key) : undefined;
    const holds = "ifMatch" in condition ? before === condition.ifMatch : before === undefined;
    if (!holds) return Promise.resolve(undefined);
    this.set(key, content);
    return Promise.resolve(this.etags.get(key));
  }
}

/** A whole API over a night in memory; each port can be made to fail. */
export function smallApi(options: { readonly deadlineMilliseconds?: number; readonly today?: string } = {}) {
  const objects = new MemoryObjects();
  objects.set(SERVING_FILES.night, JSON.stringify(NIGHT));
  objects.set(SERVING_FILES.chain, gzipSync(JSON.stringify(CHAIN)));
  objects.set(SERVING_FILES.store(1), gzipSync(JSON.stringify(STORE)));
  objects.set(SERVING_FILES.orders(1), gzipSync(JSON.stringify(ORDER)));
  const world = {
    now: 0,
    objects,
    invocations: [] as Invocation[],
    log: [] as ForecastLogLine[],
    errors: [] as unknown[],
    rows: featureRows(),
    pointers: { champion: Object.fromEntries(CATEGORIES.map((category) => [category, CHAMPION])) } as {
      champion: Partial<Record<Category, string>>;
    },
    splits: new Map<Category, LiveSplit>(),
    readBatch: (ids: readonly string[], signal: AbortSignal): Promise<FeatureBatch> => {
      void signal;
      const found = ids.filter((id) => world.rows.has(id)).map((id) => [id, world.rows.get(id)!] as const);
      return Promise.resolve({ rows: new Map(found), unprocessed: [] });
    },
    /** Answers factor 1.5 to every row. */
    invoke: (invocation: Invocation, signal: AbortSignal): Promise<ModelAnswer> => {
      void signal;
      const factors = invocation.csv.split("\n").map(() => 1.5);
      return Promise.resolve({ text: factors.join(","), contentType: "text/csv" });
    },
    readPointers: () => Promise.resolve({ ...world.pointers, challenger: {} }),
    readSplit: (category: Category) => Promise.resolve(world.splits.get(category)),
  };
  const night = new NightFiles(
    objects,
    () => Promise.resolve(""),
    () => world.now,
  );
  const clock = {
    now: () => world.now,
    elapsed: () => performance.now(),
    today: () => options.today ?? TODAY,
  };
  const ports: ForecastPorts = {
    night,
    features: { readBatch: (ids, signal) => world.readBatch(ids, signal) },
    endpoint: {
      invoke: (invocation, signal) => {
        world.invocations.push(invocation);
        return world.invoke(invocation, signal);
      },
    },
    router: new Router(
      { readAll: () => world.readPointers() },
      { readSplit: (category) => world.readSplit(category) },
      () => world.now,
    ),
    clock,
    log: (line) => world.log.push(line),
    deadlineMilliseconds: options.deadlineMilliseconds ?? 5000,
  };
  const orders = { night, objects, clock };
  const dispatch = dispatcher(
    {
      forecast: answerForecast(ports),
      health: answerHealth(ports),
      getOrder: answerOrder(orders),
      confirmOrder: confirmOrder(orders),
    },
    (error) => world.errors.push(error),
  );
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = { "content-type": "application/json" },
  ) => {
    const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
    const answer = await dispatch({ method, path, headers, body: text, requestId: "request-1" });
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a caller without types sees
    return { ...answer, body: JSON.parse(answer.body) as any };
  };
  const forecast = (body: object, store = "S1") => call("POST", `/stores/${store}/forecasts`, body);
  return { world, dispatch, call, forecast };
}

/** Every SKU of the store has a row of baseline 10 for each day. */
function featureRows(): Map<string, FeatureRow> {
  const rows = new Map<string, FeatureRow>();
  const csv = modelInputCsv(MODEL_INPUT_NAMES.map((_, i) => (i % 5 === 4 ? NaN : i / 8)));
  for (const { id } of Object.values(STORE.skus)) {
    for (let ahead = 1; ahead <= 7; ahead++) {
      const day = dayNumber(CUTOFF) + ahead;
      rows.set(seriesDay(1, id, weekdayOf(day)), { day: isoDate(day), csv, baseline: 10, naive: 7 });
    }
  }
  return rows;
}
