import { Session, type PackSettings, type Rule } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { isViolation } from "./rule-verdicts";
import { toResource } from "./to-resource";

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
