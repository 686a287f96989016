import { ExemptionLedger, matchesGlob, type Exemption, type Exemptible } from "./exemptions";
import { oneMessagePerStatement } from "./one-message";
import { ResourceCheck } from "./resource-check";
import type { Properties, Resource } from "./resource";
import { appliesTo, isStackRule, type Level, type Rule, type StackRule } from "./rule";
import { isSecretPath, SecretTexts } from "./secrets";
import { levelOf, optionOf, type PackSettings } from "./settings";
import { StackCheck, StackGraph } from "./stack-check";
import type { Outcome, Verdict } from "./verdict";

/** Resources named in a deferral before the rest is only counted: a report that nobody reads hides the others. */
const NAMED_DEFERRALS = 3;

/** How a run is set up: levels and options, the exemptions, and the day on which they are checked. */
export interface SessionInputs {
  readonly rules: readonly Rule[];
  readonly settings: PackSettings;
  readonly exemptions: readonly Exemption[];
  /** Today as YYYY-MM-DD. */
  readonly today: string;
  /** Secrets that are known before the first resource, such as those of the stack's configuration. */
  readonly secrets?: SecretTexts;
  /** The secrets of the stack's configuration. */
  readonly configuration?: ReadonlySet<string>;
}

/** One preview or update: evaluates rules and keeps what must be reported once, at its end. */
export class Session {
  private readonly ledger: ExemptionLedger;
  private readonly deferred = new Map<Rule, Map<string, Set<string>>>();
  private readonly byType = new Map<string, readonly Rule[]>();
  private readonly inputsByUrn = new Map<string, Properties>();
  private readonly parents = new Map<string, string>();
  private readonly causes = new Set<string>();
  private readonly secrets: SecretTexts;

  public constructor(public readonly inputs: SessionInputs) {
    this.ledger = new ExemptionLedger(inputs.exemptions, inputs.today);
    this.secrets = inputs.secrets ?? new SecretTexts();
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

  /** `text` without any secret that this run has seen. */
  public hide(text: string): string {
    return this.secrets.hideIn(text);
  }

  /** Takes note of what the program marked as secret. */
  public learnSecrets({ secrets = [], provider }: Resource): void {
    for (const { value } of [...secrets, ...(provider?.secrets ?? [])]) this.secrets.add(value);
  }

  public checkResource(resource: Resource): Verdict[] {
    this.inputsByUrn.set(resource.urn, resource.properties);
    this.parents.set(resource.urn, resource.parent ?? "");
    return this.oneEach(
      this.rulesFor(resource.type).flatMap((rule) => this.checkResourceWith(rule, resource)),
    );
  }

  public checkResourceWith(rule: Rule, resource: Resource): Verdict[] {
    if (isStackRule(rule)) return [];
    const { urn, secrets = [] } = resource;
    const verdicts: Verdict[] = [];
    const report = (message: string, path: string, finding?: string): Verdict =>
      this.verdictOn({ rule, urn, path, finding }, message);
    this.forget(rule, urn);
    this.learnSecrets(resource);
    const check = new ResourceCheck(resource, (name) => optionOf(rule, this.inputs.settings, name), {
      fail: (message, path, finding) => verdicts.push(report(message, path, finding)),
      failOnce: (cause, message, path, finding) =>
        verdicts.push(...this.once(`${rule.id} ${cause}`, () => report(message, path, finding))),
      defer: (path) => this.defer(rule, urn, path),
      isSecret: (path) => isSecretPath(secrets, path),
      component: () => this.componentAround(urn),
      hide: (text) => this.hide(text),
    });
    return [
      ...this.faultOf(
        rule,
        () => urn,
        () => rule.check(check),
      ),
      ...verdicts,
    ];
  }

  /** The rules over the whole stack, then what was deferred: one verdict per rule. */
  public checkStack(resources: readonly Resource[]): Verdict[] {
    resources.forEach((resource) => this.learnSecrets(resource));
    const graph = new StackGraph(
      resources.map((resource) => {
        const inputs = this.inputsByUrn.get(resource.urn);
        return inputs ? { ...resource, inputs } : resource;
      }),
    );
    const rules = this.inputs.rules.filter(isStackRule).filter((rule) => this.level(rule) !== "disabled");
    return [...this.oneEach(rules.flatMap((rule) => this.checkStackWith(rule, graph))), ...this.deferrals()];
  }

  public checkStackWith(rule: StackRule, graph: StackGraph): Verdict[] {
    const verdicts: Verdict[] = [];
    let lookedAt = graph.root;
    const check = new StackCheck(
      graph,
      (name) => optionOf(rule, this.inputs.settings, name),
      {
        fail: (urn, message, path, finding) =>
          verdicts.push(this.verdictOn({ rule, urn, path, finding }, message)),
        defer: (urn, path) => this.defer(rule, urn, path),
        note: (words) =>
          verdicts.push({ rule, urn: graph.root, path: "", outcome: "note", words, message: words }),
        hide: (text) => this.hide(text),
        lookAt: (urn) => (lookedAt = urn),
      },
      {
        exemptionProblems: () => this.ledger.problems((entry) => this.isUndecided(entry)),
        isChecked: (type) => this.isChecked(type),
        isConfigured: (text) => this.inputs.configuration?.has(text) ?? false,
      },
    );
    return [
      ...this.faultOf(
        rule,
        () => lookedAt,
        () => rule.checkStack(check),
      ),
      ...verdicts,
    ];
  }

  /** One verdict per rule about everything that it could not decide yet. */
  public deferrals(): Verdict[] {
    return [...this.deferred].flatMap(([rule, resources]) => {
      const all = [...resources].map(([urn, paths]) => `${nameOf(urn)} (${[...paths].sort().join(", ")})`);
      if (all.length === 0) return [];
      const rest = all.length > NAMED_DEFERRALS ? ` and ${all.length - NAMED_DEFERRALS} more` : "";
      const words = `not known before the update, checked again then: ${all.slice(0, NAMED_DEFERRALS).join("; ")}${rest}`;
      const urn = [...resources.keys()][0] ?? "";
      const message = this.hide(words);
      return [{ rule, urn, outcome: "deferred" as const, words: message, message, path: "" }];
    });
  }

  /** A violation, or the exemption that waives it. What is said never holds a secret. */
  private verdictOn(
    violation: Exemptible & { readonly rule: Rule },
    message: string,
    outcome: Outcome = "violation",
  ): Verdict {
    const { rule, urn, path } = violation;
    const words = this.hide(message);
    const exemption = rule.exemptible === false ? undefined : this.ledger.find(violation);
    if (!exemption) return { rule, urn, path, outcome, words, message: `${words}. ${rule.remedy}` };
    const waiver = `until ${exemption.expires} by ${exemption.owner}: ${exemption.reason}`;
    return { rule, urn, path, outcome: "exempted", words, message: `${words}; waived ${waiver}` };
  }

  /** A component's type has two parts in a row of colons and no slash: `awsx:ec2:Vpc`. */
  private componentAround(urn: string): string {
    const parent = this.parents.get(urn) ?? "";
    const type = parent.split("::")[2]?.split("$").at(-1) ?? "";
    if (type === "" || type === "pulumi:pulumi:Stack") return "";
    return type.includes("/") ? this.componentAround(parent) : parent;
  }

  private once(cause: string, report: () => Verdict): Verdict[] {
    const verdict = report();
    if (verdict.outcome !== "violation") return [verdict];
    if (this.causes.has(cause)) return [];
    this.causes.add(cause);
    return [verdict];
  }

  /** A rule that throws neither ends the preview nor passes: it counts as violated. */
  private faultOf(rule: Rule, urn: () => string, run: () => void): Verdict[] {
    try {
      run();
      return [];
    } catch (error) {
      const words = `the rule ${rule.id} itself failed at ${nameOf(urn())}: ${(error as Error).message}`;
      return [this.verdictOn({ rule, urn: urn(), path: "", finding: "fault" }, words, "fault")];
    }
  }

  private oneEach(verdicts: readonly Verdict[]): Verdict[] {
    return oneMessagePerStatement(verdicts, ({ rule }) => this.level(rule) !== "advisory");
  }

  private isChecked(type: string): boolean {
    return this.inputs.rules.some((rule) => type in rule.inspects && this.level(rule) !== "disabled");
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

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
