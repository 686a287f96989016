import type { Plan } from "./plan-environment";
import { countsByKind, sliceFinder } from "./plan-tree";
import type { RecordedResource } from "./recorded-resource";
import type { PlanValue } from "./plan-value";

/** Version of the machine form; it changes when a field goes or changes its meaning. */
const PLAN_DOCUMENT_VERSION = 1;

interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  readonly slice?: string;
  readonly custom: boolean;
  /** `{"$unknown": true}` stands for what is known after deployment, `{"$secret": true}` for a secret. */
  readonly inputs: Readonly<Record<string, PlanValue>>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: {
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly deleteBeforeReplace: boolean;
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges: readonly string[];
    readonly provider?: string;
  };
}

export interface PlanDocument {
  readonly version: number;
  readonly project: string;
  readonly stack: string;
  readonly region: string;
  /** Whether ids and computed values are unknown. */
  readonly preview: boolean;
  /** Secrets are placeholders. */
  readonly config: Readonly<Record<string, string>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly resources: readonly PlannedResource[];
  readonly outputs: Readonly<Record<string, PlanValue>>;
}

/** A plan for machines: every registration with what the engine would be told of it. */
export function planDocument({ stack, region, config, recording }: Plan): PlanDocument {
  const sliceOf = sliceFinder(recording);
  return {
    version: PLAN_DOCUMENT_VERSION,
    project: config.project,
    stack,
    region,
    preview: recording.preview,
    config: Object.fromEntries(Object.entries(config.config).sort(([a], [b]) => (a < b ? -1 : 1))),
    counts: Object.fromEntries(countsByKind(recording)),
    resources: recording.resources.map((resource) => planned(resource, sliceOf(resource.urn))),
    outputs: recording.outputs,
  };
}

function planned(resource: RecordedResource, slice: string | undefined): PlannedResource {
  const { urn, type, name, parent, custom, inputs, dependencies, propertyDependencies } = resource;
  return {
    urn,
    type,
    name,
    ...(parent === undefined ? {} : { parent }),
    ...(slice === undefined ? {} : { slice }),
    custom,
    inputs,
    dependencies,
    propertyDependencies,
    options: {
      protect: resource.protect,
      retainOnDelete: resource.retainOnDelete,
      deleteBeforeReplace: resource.deleteBeforeReplace,
      ignoreChanges: resource.ignoreChanges,
      replaceOnChanges: resource.replaceOnChanges,
      ...(resource.provider ? { provider: resource.provider } : {}),
    },
  };
}
