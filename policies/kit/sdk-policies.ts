import {
  validateResourceOfType,
  type Policies,
  type PolicyConfigSchema,
  type PolicyResource,
  type ReportViolation,
  type ResourceValidation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationArgs,
  type StackValidationPolicy,
} from "@pulumi/policy";
import type { Pack } from "./pack";
import { canonicalType, namesOfType } from "./canonical-type";
import { plain } from "./unknown";
import type { Properties, Resource } from "./resource";
import { defaultLevel, isStackRule, type ResourceRule, type Rule, type StackRule } from "./rule";
import { Session, type SessionInputs } from "./session";
import { isViolated, type Verdict } from "./verdict";
import { StackGraph } from "./stack-check";

/** The object form of a violation, which the SDK accepts at run time: it can carry its own policy, level and URN. */
interface DetailedViolation {
  readonly name: string;
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel?: "advisory";
}

/** What a session needs besides the rules and the options of the policy that runs. */
export type SessionInputsWithout = Omit<SessionInputs, "rules" | "settings">;

/**
 * The rules as policies of `@pulumi/policy`, for anybody's own PolicyPack. Rules about one type keep the SDK's fast
 * path: it skips them without decoding the resource. The SDK opens secrets before a policy sees them and does not say
 * which they were: only our own packs, served by `servePack`, hide them.
 */
export function toPolicies(pack: Pack, inputs: SessionInputsWithout): Policies {
  const session = new Session({ ...inputs, rules: pack.rules, settings: {} });
  const policies = pack.rules.map((rule) =>
    isStackRule(rule) ? stackPolicy(rule, inputs) : resourcePolicy(rule, session),
  );
  return policies;
}

function resourcePolicy(rule: ResourceRule, session: Session): ResourceValidationPolicy {
  const validate: ResourceValidation = (args, report) => {
    const configured = sessionWith(rule, session, args.getConfig());
    for (const verdict of configured.checkResourceWith(rule, resourceOf(args))) tell(verdict, report);
    for (const verdict of configured.deferrals()) tell(verdict, report);
  };
  const types = Object.keys(rule.inspects).flatMap(namesOfType);
  const [only] = types;
  const single = types.length === 1 && only !== undefined && only !== "*";
  const policy: ResourceValidationPolicy = {
    ...facts(rule),
    validateResource: single
      ? validateResourceOfType(classOf(only), (_, args, report) => validate(args, report))
      : (args, report) => {
          if (types.includes("*") || types.includes(args.type)) return validate(args, report);
        },
  };
  const { remediate } = rule;
  if (remediate) {
    policy.remediateResource = (args) => {
      if (!types.includes("*") && !types.includes(args.type)) return undefined;
      remediate(args.props as Properties, { type: canonicalType(args.type) });
      return args.props as Properties;
    };
  }
  return policy;
}

function stackPolicy(rule: StackRule, inputs: SessionInputsWithout): StackValidationPolicy {
  const validate = (args: StackValidationArgs, report: ReportViolation): void => {
    const base = new Session({ ...inputs, rules: [rule], settings: {} });
    const session = sessionWith(rule, base, args.getConfig());
    const graph = new StackGraph(args.resources.map(stackResourceOf));
    for (const verdict of [...session.checkStackWith(rule, graph), ...session.deferrals()]) {
      tell(verdict, report);
    }
  };
  return { ...facts(rule), validateStack: validate };
}

function sessionWith(rule: Rule, session: Session, options: Record<string, unknown>): Session {
  if (Object.keys(options).length === 0) return session;
  return new Session({ ...session.inputs, settings: { [rule.id]: { options } } });
}

/** What every policy says about itself in the protocol. */
function facts(rule: Rule): Omit<ResourceValidationPolicy, "validateResource" | "remediateResource"> {
  const schema = Object.entries(rule.options ?? {});
  return {
    name: rule.id,
    displayName: rule.title,
    description: rule.title,
    severity: rule.severity,
    enforcementLevel: defaultLevel(rule),
    remediationSteps: rule.remedy,
    tags: [...rule.controls],
    ...(schema.length > 0
      ? { configSchema: { properties: Object.fromEntries(schema) } as PolicyConfigSchema }
      : {}),
  };
}

function tell(verdict: Verdict, report: ReportViolation): void {
  const detailed = report as unknown as (violation: DetailedViolation) => void;
  detailed({
    name: verdict.rule.id,
    message: messageOf(verdict),
    urn: verdict.urn,
    ...(isViolated(verdict) ? {} : { enforcementLevel: "advisory" as const }),
  });
}

/** The text of a diagnostic; what is not a violation starts with the word for what it is. */
export function messageOf(verdict: Verdict): string {
  const mark = verdict.outcome === "violation" ? "" : `${verdict.outcome.toUpperCase()}: `;
  return `${mark}${verdict.rule.title}\n${verdict.message}`;
}

/** The helpers of the SDK only look at the type token of the class that they are given. */
function classOf(type: string): Parameters<typeof validateResourceOfType>[0] {
  return { __pulumiType: type } as unknown as Parameters<typeof validateResourceOfType>[0];
}

function resourceOf(args: ResourceValidationArgs): Resource {
  return {
    urn: args.urn,
    type: canonicalType(args.type),
    name: args.name,
    parent: args.opts.parent ?? "",
    properties: unwrap(args.props),
    options: args.opts,
    ...(args.provider ? { provider: { ...args.provider, properties: unwrap(args.provider.props) } } : {}),
    parsed: new Map(),
  };
}

function stackResourceOf(resource: PolicyResource): Resource {
  return {
    ...resourceOf(resource as unknown as ResourceValidationArgs),
    ...(resource.parent ? { parent: resource.parent.urn } : {}),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([key, targets]) => [key, targets.map((t) => t.urn)]),
    ),
  };
}

/** The plain data behind the SDK's proxy, which throws on every read of an unknown value: descriptors do not. */
function unwrap(properties: Record<string, unknown>): Properties {
  return plain(
    Object.fromEntries(
      Object.keys(properties).map((key) => [key, Object.getOwnPropertyDescriptor(properties, key)?.value]),
    ),
  ) as Properties;
}
