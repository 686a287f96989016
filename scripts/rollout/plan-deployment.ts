import { isDeepStrictEqual } from "node:util";
import type { RecordedResource, Recording } from "../../preview/recorded-resource";
import type { PlanValue } from "../../preview/plan-value";
import type { LocalSageMaker } from "../../runtime/endpoints/local/sagemaker";
import { givenName, hostingProvider, type Inputs } from "./hosting-provider";

type ChangeAction = "create" | "same" | "update" | "replace" | "delete";

/** What one `pulumi up` did to one resource. */
export interface Change {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly action: ChangeAction;
  /** Inputs that differ and count. */
  readonly changed: readonly string[];
  /** Inputs that differ and are left alone (ignoreChanges). */
  readonly ignored: readonly string[];
}

interface Deployed {
  readonly resource: RecordedResource;
  /** Under which name AWS knows it. */
  readonly liveName: string;
  /** Inputs as they were last applied: what the engine keeps in its state. */
  readonly inputs: Inputs;
}

/**
 * Deploys recorded plans to the SageMaker in memory, as the engine and the AWS provider would: resource by resource in the
 * plan's order, with ignoreChanges, with replacement before deletion and with retainOnDelete.
 *
 * Only hosting, its parameters and its scaling are carried out (hosting-provider.ts); everything else is no part of the
 * question what a deployment does to a live endpoint.
 */
export class PlanDeployment {
  private readonly state = new Map<string, Deployed>();
  /** Generated names of the plan -> names of what exists: a replacement gets a new one, a plan always shows the same. */
  private readonly liveNames = new Map<string, string>();
  private generatedCount = 0;

  constructor(private readonly cloud: LocalSageMaker) {}

  /** One `pulumi up`. */
  up({ resources }: Recording): Change[] {
    const handled = resources.filter((resource) => hostingProvider(resource) !== undefined);
    const changes = handled.map((resource) => this.apply(resource));
    const kept = new Set(handled.map(({ urn }) => urn));
    for (const [urn, deployed] of this.state) {
      if (kept.has(urn)) continue;
      this.remove(deployed);
      this.state.delete(urn);
      changes.push(change(deployed.resource, "delete"));
    }
    return changes;
  }

  /** `pulumi refresh`: takes what is live into the state, so that the next deployment compares with that. */
  async refresh(): Promise<void> {
    for (const [urn, deployed] of this.state) {
      const live = await hostingProvider(deployed.resource)?.read?.(this.cloud, deployed.liveName);
      if (live) this.state.set(urn, { ...deployed, inputs: { ...deployed.inputs, ...live } });
    }
  }

  private apply(resource: RecordedResource): Change {
    const old = this.state.get(resource.urn);
    const desired = this.withLiveNames(resource.inputs);
    if (!old) {
      this.create(resource, desired);
      return change(resource, "create");
    }
    const differing = differences(old.inputs, desired);
    const ignored = differing.filter((key) => resource.ignoreChanges.includes(key));
    const changed = differing.filter((key) => !ignored.includes(key));
    const before = Object.entries(old.inputs).filter(([key]) => ignored.includes(key));
    const inputs = {
      ...Object.fromEntries(Object.entries(desired).filter(([key]) => !ignored.includes(key))),
      ...Object.fromEntries(before),
    };
    if (changed.length === 0) return change(resource, "same", changed, ignored);
    if (hostingProvider(resource)?.isImmutable) {
      this.create(resource, inputs);
      this.remove(old);
      return change(resource, "replace", changed, ignored);
    }
    hostingProvider(resource)?.update(this.cloud, old.liveName, inputs);
    this.state.set(resource.urn, { ...old, resource, inputs });
    return change(resource, "update", changed, ignored);
  }

  private create(resource: RecordedResource, inputs: Inputs): void {
    const provider = hostingProvider(resource);
    const liveName = provider?.isImmutable ? this.generatedName(resource) : givenName(resource);
    provider?.create(this.cloud, liveName, inputs);
    const planned = resource.outputs.name;
    if (typeof planned === "string") this.liveNames.set(planned, liveName);
    this.state.set(resource.urn, { resource, liveName, inputs });
  }

  private remove({ resource, liveName }: Deployed): void {
    if (!resource.retainOnDelete) hostingProvider(resource)?.remove(this.cloud, liveName);
  }

  private generatedName({ name }: RecordedResource): string {
    this.generatedCount += 1;
    return `${name}-${this.generatedCount.toString(16).padStart(7, "0")}`;
  }

  /** A resource refers to another by its generated name, alone or inside a JSON text. */
  private withLiveNames(inputs: Inputs): Inputs {
    const convert = (value: PlanValue): PlanValue => {
      if (typeof value === "string") {
        return [...this.liveNames].reduce((text, [planned, live]) => text.replaceAll(planned, live), value);
      }
      if (Array.isArray(value)) return value.map(convert);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, convert(item as PlanValue)]),
      );
    };
    return convert(inputs) as Inputs;
  }
}

function differences(before: Inputs, after: Inputs): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .sort();
}

function change(
  { urn, type, name }: RecordedResource,
  action: ChangeAction,
  changed: readonly string[] = [],
  ignored: readonly string[] = [],
): Change {
  return { urn, type, name, action, changed, ignored };
}
