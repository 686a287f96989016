import type { SecretValue } from "./secrets";

/** Plain properties of a resource as the analyzer got them: unknown values are sentinels, secrets are opened. */
export type Properties = Record<string, unknown>;

/** Options of a resource that rules look at. */
export interface ResourceOptions {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
}

/** Provider that manages a resource, with its configuration. */
export interface ProviderResource {
  readonly urn: string;
  readonly type: string;
  readonly properties: Properties;
  readonly secrets?: readonly SecretValue[];
}

/** One resource of the program: inputs in the per-resource checks, outputs in the checks of the whole stack. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Properties;
  /** In the checks of the whole stack what the program gave, where that was analysed before. */
  readonly inputs?: Properties;
  readonly options: ResourceOptions;
  readonly provider?: ProviderResource;
  readonly parent?: string;
  /** What the program marked as secret; `properties` hold the values in the open. */
  readonly secrets?: readonly SecretValue[];
  /** Per top-level property the URNs that its value comes from: known even while the values are not. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Documents parsed so far, by property path: every rule after the first gets the same object. */
  readonly parsed: Map<string, unknown>;
}
