import { Session, type PackSettings, type Resource, type Rule, type Verdict } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";

/** The rules in process, without a server: for tests that need hundreds of whole plans. */
export class InProcess {
  public constructor(
    private readonly rules: readonly Rule[],
    private readonly settings: PackSettings,
  ) {}

  /** Violations as `rule urn message`; only `urns` are checked by themselves, the whole stack always. */
  public violations(resources: readonly AnalyzedResource[], urns?: ReadonlySet<string>): Set<string> {
    const session = new Session({
      rules: this.rules,
      settings: this.settings,
      exemptions: [],
      today: "2026-11-23",
    });
    const single = resources
      .filter(({ urn }) => urns?.has(urn) ?? true)
      .flatMap((r) => session.checkResource(toResource(r, r.inputs)));
    const stack = session.checkStack(resources.map((resource) => toResource(resource, resource.outputs)));
    return new Set(
      [...single, ...stack]
        .filter(isViolation)
        .map(({ rule, urn, message }) => `${rule.id} ${urn} ${message}`),
    );
  }
}

function isViolation({ outcome }: Verdict): boolean {
  return outcome === "violation" || outcome === "fault";
}

function toResource(resource: AnalyzedResource, properties: Readonly<Record<string, unknown>>): Resource {
  return {
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    properties: { ...properties },
    options: { protect: resource.protect, ignoreChanges: resource.ignoreChanges },
    parent: resource.parent,
    propertyDependencies: resource.propertyDependencies,
    parsed: new Map(),
  };
}
