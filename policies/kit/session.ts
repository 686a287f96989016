import { ExemptionLedger, matchesGlob, type Exemption, type Exemptible } from "./exemptions";
import { ResourceCheck } from "./resource-check";
import type { Properties, Resource } from "./resource";
import { appliesTo, isStackRule, type Level, type Rule, type StackRule } from "./rule";
import { levelOf, optionOf, type PackSettings } from "./settings";
import { StackCheck, StackGraph } from "./stack-check";

/** Resources named in a deferral before the rest is only counted: a report that nobody reads hides the others. */
const NAMED_DEFERRALS = 3;

/** What a verdict is: a violation, or what is reported beside violations. */
export type Outcome = "violation" | "exempted" | "deferred" | "fault";

/** What a rule says about a resource. */
export interface Verdict {
  readonly rule: Rule;
  readonly urn: string;
  readonly outcome: Outcome;
  readonly message: string;
  readonly path: string;
}

/** How a run is set up: levels and options, the exemptions, and the day on which they are checked. */
export interface SessionInputs {
  readonly rules: readonly Rule[];
  readonly settings: PackSettings;
  readonly exemptions: readonly Exemption[];
  /** Today as YYYY-MM-DD. */
  readonly today: string;
}

/** One preview or update: evaluates rules and keeps what must be reported once, at its end. */
export class Session {
  private readonly ledger: ExemptionLedger;
  private readonly deferred = new Map<Rule, Map<string, Set<string>>>();
  private readonly byType = new Map<string, readonly Rule[]>();
  private readonly inputsByUrn = new Map<string, Properties>();

  public constructor(public readonly inputs: SessionInputs) {
    this.ledger = new ExemptionLedger(inputs.exemptions, inputs.today);
  }

  public level(rule: Rule): Level {
    return levelOf(rule, this.inputs.settings);
  }

  /** The enabled resource rules about `type`, found once per type. */
  public rulesFor(type: string): readonly Rule[] {
    const found =
      this.byType.get(type) ??
      this.inputs.rules.filter(
        (rule) => !isStackRule(rule) && appliesTo(rule, type) && this.level(rule) !== "disabled",
      );
    this.byType.set(type, found);
    return found;
  }

  public checkResource(resource: Resource): Verdict[] {
    this.inputsByUrn.set(resource.urn, resource.properties);
    return this.rulesFor(resource.type).flatMap((rule) => this.checkResourceWith(rule, resource));
  }

  public checkResourceWith(rule: Rule, resource: Resource): Verdict[] {
    if (isStackRule(rule)) return [];
    const verdicts: Verdict[] = [];
    this.forget(rule, resource.urn);
    const check = new ResourceCheck(resource, (name) => optionOf(rule, this.inputs.settings, name), {
      fail: (message, path, finding) =>
        verdicts.push(this.verdictOn({ rule, urn: resource.urn, path, finding }, message)),
      defer: (path) => this.defer(rule, resource.urn, path),
    });
    return [...faultOf(rule, resource.urn, () => rule.check(check)), ...verdicts];
  }

  /** The rules over the whole stack, then what was deferred: one verdict per rule. */
  public checkStack(resources: readonly Resource[]): Verdict[] {
    const graph = new StackGraph(
      resources.map((resource) => {
        const inputs = this.inputsByUrn.get(resource.urn);
        return inputs ? { ...resource, inputs } : resource;
      }),
    );
    const rules = this.inputs.rules.filter(isStackRule).filter((rule) => this.level(rule) !== "disabled");
    return [...rules.flatMap((rule) => this.checkStackWith(rule, graph)), ...this.deferrals()];
  }

  public checkStackWith(rule: StackRule, graph: StackGraph): Verdict[] {
    const verdicts: Verdict[] = [];
    const check = new StackCheck(
      graph,
      (name) => optionOf(rule, this.inputs.settings, name),
      {
        fail: (urn, message, path, finding) =>
          verdicts.push(this.verdictOn({ rule, urn, path, finding }, message)),
        defer: (urn, path) => this.defer(rule, urn, path),
      },
      () => this.ledger.problems((entry) => this.isUndecided(entry)),
    );
    return [...faultOf(rule, graph.root, () => rule.checkStack(check)), ...verdicts];
  }

  /** One verdict per rule about everything that it could not decide yet. */
  public deferrals(): Verdict[] {
    return [...this.deferred].flatMap(([rule, resources]) => {
      const all = [...resources].map(([urn, paths]) => `${nameOf(urn)} (${[...paths].sort().join(", ")})`);
      if (all.length === 0) return [];
      const rest = all.length > NAMED_DEFERRALS ? ` and ${all.length - NAMED_DEFERRALS} more` : "";
      const message = `not known before the update, checked again then: ${all.slice(0, NAMED_DEFERRALS).join("; ")}${rest}`;
      const urn = [...resources.keys()][0] ?? "";
      return [{ rule, urn, outcome: "deferred" as const, message, path: "" }];
    });
  }

  private verdictOn(violation: Exemptible, message: string): Verdict {
    const { rule, urn, path } = violation;
    const exemption = rule.exemptible === false ? undefined : this.ledger.find(violation);
    if (!exemption) return { rule, urn, path, outcome: "violation", message: `${message}. ${rule.remedy}` };
    const waiver = `until ${exemption.expires} by ${exemption.owner}: ${exemption.reason}`;
    return { rule, urn, path, outcome: "exempted", message: `${message}; waived ${waiver}` };
  }

  private defer(rule: Rule, urn: string, path: string): void {
    const resources = this.deferred.get(rule) ?? new Map<string, Set<string>>();
    this.deferred.set(rule, resources);
    resources.set(urn, (resources.get(urn) ?? new Set()).add(path));
  }

  /** A resource that is checked again (an update after its preview) starts without old deferrals. */
  private forget(rule: Rule, urn: string): void {
    this.deferred.get(rule)?.delete(urn);
  }

  private isUndecided(entry: Exemption): boolean {
    return [...this.deferred].some(
      ([rule, resources]) =>
        rule.id === entry.rule && [...resources.keys()].some((urn) => matchesGlob(entry.resource, urn)),
    );
  }
}

/** A rule that throws must not end the preview: the engine would drop every rule after it. */
function faultOf(rule: Rule, urn: string, run: () => void): Verdict[] {
  try {
    run();
    return [];
  } catch (error) {
    const message = `the rule itself failed: ${(error as Error).message}`;
    return [{ rule, urn, path: "", outcome: "fault", message }];
  }
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
