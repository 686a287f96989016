import type { DataLake } from "../data-lake";
import type { FeatureStore } from "../feature-store";
import type { Identity } from "../identity";
import type { Keys } from "../keys";
import type { Network } from "../network";
import type { Notifications } from "../notifications";
import type { Serving } from "../serving";

/** Slices that the API stands on. */
export interface ApiFoundation {
  readonly keys: Keys;
  readonly network: Network;
  readonly dataLake: DataLake;
  readonly identity: Identity;
  readonly notifications: Notifications;
  readonly featureStore: FeatureStore;
  readonly serving: Serving;
}
