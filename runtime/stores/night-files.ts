import { gunzipSync } from "node:zlib";
import {
  type ChainNight,
  type NightManifest,
  type OrderNight,
  SERVING_FILES_VERSION,
  servingFiles,
  type StoreNight,
} from "../../contracts/serving-files";
import { BoundedCache } from "./bounded-cache";
import type { ObjectStore } from "./object-store";
import { type Held, Refreshed } from "./refreshed";

/** A new night is seen within a minute of its publication. */
const MANIFEST_FRESH_MILLISECONDS = 60_000;
/** Stores in memory: half a megabyte each. */
const CACHED_STORES = 64;

/** What the last published night left for the API. Files of a night never change, so they are read once. */
export class NightFiles {
  private readonly newest: Refreshed<NightManifest>;
  private readonly stores = new BoundedCache<StoreNight | undefined>(CACHED_STORES);
  private readonly orderFiles = new BoundedCache<OrderNight | undefined>(CACHED_STORES);
  private readonly chains = new BoundedCache<ChainNight>(2);

  public constructor(
    private readonly objects: ObjectStore,
    now: () => number,
  ) {
    this.newest = new Refreshed(() => this.readManifest(), {
      freshMilliseconds: MANIFEST_FRESH_MILLISECONDS,
      now,
    });
  }

  /** @throws when no night can be read and none was before */
  public manifest(): Promise<Held<NightManifest>> {
    return this.newest.get();
  }

  /** Undefined for a store without any forecast. */
  public store(cutoff: string, storeId: number): Promise<StoreNight | undefined> {
    const key = servingFiles.store(cutoff, storeId);
    return this.stores.get(key, () => this.readGzip<StoreNight>(key));
  }

  /** Undefined for a store without a recommendation. */
  public orders(cutoff: string, storeId: number): Promise<OrderNight | undefined> {
    const key = servingFiles.orders(cutoff, storeId);
    return this.orderFiles.get(key, () => this.readGzip<OrderNight>(key));
  }

  public chain(cutoff: string): Promise<ChainNight> {
    const key = servingFiles.chain(cutoff);
    return this.chains.get(key, async () => {
      const chain = await this.readGzip<ChainNight>(key);
      if (!chain) throw new Error(`there is no ${key}`);
      return chain;
    });
  }

  private async readManifest(): Promise<NightManifest> {
    const object = await this.objects.get(servingFiles.manifest);
    if (!object) throw new Error(`no night has been published: there is no ${servingFiles.manifest}`);
    return checked<NightManifest>(servingFiles.manifest, object.content);
  }

  private async readGzip<T extends { readonly version: number }>(key: string): Promise<T | undefined> {
    const object = await this.objects.get(key);
    return object && checked<T>(key, gunzipSync(object.content));
  }
}

function checked<T extends { readonly version: number }>(key: string, content: Buffer): T {
  const value = JSON.parse(content.toString("utf8")) as T;
  if (value.version !== SERVING_FILES_VERSION) {
    throw new Error(`${key} has version ${value.version}; this program reads ${SERVING_FILES_VERSION}`);
  }
  return value;
}
