import type { FeatureColumn } from "../../components/versioned-feature-group";

/** Groups of the feature store. The physical name carries the version: `smartretail-prod-stores-v1`. */
export type FeatureGroupName = "store-sku-sales" | "products" | "stores" | "weather" | "events";

export interface FeatureGroupSchema {
  readonly name: FeatureGroupName;
  /** A new version is a new group beside the old one (docs/adr/0006). */
  readonly version: number;
  /** At most 128 characters. */
  readonly description: string;
  /** The online store keeps the newest record of each of its values. */
  readonly recordIdentifier: FeatureColumn;
  /** Without the identifier and the event time. Append only: SageMaker adds features and never takes one away. */
  readonly columns: readonly FeatureColumn[];
}

/** When the record became true, ISO 8601 with seconds in UTC; the same column in every group. */
export const EVENT_TIME: FeatureColumn = { name: "event_time", type: "String" };

export const text = (name: string): FeatureColumn => ({ name, type: "String" });
export const integer = (name: string): FeatureColumn => ({ name, type: "Integral" });
export const decimal = (name: string): FeatureColumn => ({ name, type: "Fractional" });
