import { gunzipSync } from "node:zlib";
import {
  type ChainNight,
  type OrderNight,
  SERVING_FILES,
  SERVING_FILES_VERSION,
  type ServingNight,
  type StoreNight,
} from "../../contracts/serving-files";
import { BoundedCache } from "./bounded-cache";
import type { ObjectStore } from "./object-store";
import { type Held, Refreshed } from "./refreshed";

/** A new night is seen within a minute of its publication. */
const FRESH_MILLISECONDS = 60_000;
/** Stores in memory: half a megabyte each. */
const CACHED_STORES = 64;

/** The folder of the newest night, which ends with a slash or is empty. */
export type FindNight = () => Promise<string>;

interface FoundNight {
  readonly folder: string;
  readonly night: ServingNight;
  /** Another content has another one: files of one night are not taken for those of the next. */
  readonly etag: string;
}

/** What the last published night left for the API. Files of a night never change, so they are read once. */
export class NightFiles {
  private readonly newest: Refreshed<FoundNight>;
  private readonly stores = new BoundedCache<StoreNight | undefined>(CACHED_STORES);
  private readonly orderFiles = new BoundedCache<OrderNight | undefined>(CACHED_STORES);
  private readonly chains = new BoundedCache<ChainNight | undefined>(2);

  public constructor(
    private readonly objects: ObjectStore,
    private readonly findNight: FindNight,
    now: () => number,
  ) {
    this.newest = new Refreshed(() => this.read(), { freshMilliseconds: FRESH_MILLISECONDS, now });
  }

  /** @throws when no night can be read and none was before */
  public async open(): Promise<Held<OpenNight>> {
    const { value, isStale } = await this.newest.get();
    const { folder, night, etag } = value;
    const read = <T extends Versioned>(cache: BoundedCache<T | undefined>, file: string) =>
      cache.get(`${etag} ${file}`, () => this.readGzip<T>(folder + file));
    return {
      isStale,
      value: {
        night,
        store: (id) => read(this.stores, SERVING_FILES.store(id)),
        orders: (id) => read(this.orderFiles, SERVING_FILES.orders(id)),
        chain: () => read(this.chains, SERVING_FILES.chain),
      },
    };
  }

  private async read(): Promise<FoundNight> {
    const folder = await this.findNight();
    const object = await this.objects.get(folder + SERVING_FILES.night);
    if (!object) throw new Error(`no night has been published: there is no ${folder}${SERVING_FILES.night}`);
    return { folder, night: checked<ServingNight>(SERVING_FILES.night, object.content), etag: object.etag };
  }

  private async readGzip<T extends Versioned>(key: string): Promise<T | undefined> {
    const object = await this.objects.get(key);
    return object && checked<T>(key, gunzipSync(object.content));
  }
}

/** One night and its files, all of the same night. */
export interface OpenNight {
  readonly night: ServingNight;
  /** Undefined for a store without any forecast. */
  readonly store: (storeId: number) => Promise<StoreNight | undefined>;
  /** Undefined for a store without a recommendation. */
  readonly orders: (storeId: number) => Promise<OrderNight | undefined>;
  readonly chain: () => Promise<ChainNight | undefined>;
}

interface Versioned {
  readonly version: number;
}

function checked<T extends Versioned>(key: string, content: Buffer): T {
  const value = JSON.parse(content.toString("utf8")) as T;
  if (value.version !== SERVING_FILES_VERSION) {
    throw new Error(`${key} has version ${value.version}; this program reads ${SERVING_FILES_VERSION}`);
  }
  return value;
}
