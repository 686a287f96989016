import type { Caller } from "../caller";

/** What a preflight asks an account; never changes anything. */
export interface Account {
  readonly identity: () => Promise<Caller>;
  /** Quotas of a service by their names, with the account's own values where it has some. */
  readonly quotas: (service: string) => Promise<ReadonlyMap<string, Quota>>;
  /** Zones in which an interface endpoint service can be reached; undefined when the region has no such service. */
  readonly endpointZones: (
    serviceNames: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly bucket: (name: string) => Promise<"free" | "ours" | "taken">;
  readonly hasRole: (name: string) => Promise<boolean>;
  /** Cost-allocation tags that are active; undefined where only the organization's payer may ask. */
  readonly activeCostTags: () => Promise<readonly string[] | undefined>;
}

export interface Quota {
  readonly code: string;
  readonly value: number;
  readonly isAdjustable: boolean;
}

/** One thing that the preflight looked at. */
export interface Finding {
  /** `stop`: a deployment fails or goes astray. `later`: it works, until it grows. */
  readonly level: "ok" | "later" | "stop";
  readonly what: string;
  /** What was found, and what to do. */
  readonly detail: string;
}
