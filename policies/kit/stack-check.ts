import type { Exemption } from "./exemptions";
import { ResourceCheck, type Options } from "./resource-check";
import type { Resource } from "./resource";
import { isSecretPath } from "./secrets";
import { isUnknown } from "./unknown";
import type { Reporter } from "./value";

/** Properties of a resource that others use to name it. */
const IDENTITIES = [
  "id",
  "arn",
  "name",
  "bucket",
  "bucketDomainName",
  "bucketRegionalDomainName",
  "keyId",
  "keyArn",
  "url",
  "repositoryUrl",
];

/** The resources of a stack with the look-ups that every stack rule needs; built once, shared by all rules. */
export class StackGraph {
  public readonly byUrn: ReadonlyMap<string, Resource>;
  /** What rules found out about the stack as a whole, by the name that they gave it. */
  public readonly findings = new Map<string, unknown>();
  private readonly byType = new Map<string, Resource[]>();

  public constructor(public readonly resources: readonly Resource[]) {
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const resource of resources) {
      const same = this.byType.get(resource.type);
      if (same) same.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  public ofType(types: readonly string[]): Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The URNs of the components around a resource, without the stack. */
  public ancestors(resource: Resource): string[] {
    const parent = this.byUrn.get(resource.parent ?? "");
    return parent && parent.type !== "pulumi:pulumi:Stack" ? [parent.urn, ...this.ancestors(parent)] : [];
  }

  /** The stack's own resource; rules report on it what belongs to no single resource. */
  public get root(): string {
    return this.byType.get("pulumi:pulumi:Stack")?.[0]?.urn ?? this.resources[0]?.urn ?? "";
  }
}

/** Where a stack rule reports: a violation or a deferral of one resource. */
export interface StackReporter {
  fail(urn: string, message: string, path: string, finding?: string): void;
  defer(urn: string, path: string): void;
  /** Something to know that is no violation. */
  note(message: string): void;
  hide(text: string): string;
  /** The rule starts to look at a resource; a rule that throws is reported there. */
  lookAt(urn: string): void;
}

/** What a stack rule can ask about the run itself. */
export interface Run {
  /** What is wrong with the exemptions of this run. */
  readonly exemptionProblems: () => readonly { message: string; entry: Exemption }[];
  /** Whether an enabled rule is about resources of `type`, and not only about everything. */
  readonly isChecked: (type: string) => boolean;
  /** Whether a text is a secret of the stack's configuration: it is in no program. */
  readonly isConfigured: (text: string) => boolean;
}

/** The whole stack as a rule sees it. */
export class StackCheck {
  private readonly views = new Map<string, ResourceCheck>();

  public constructor(
    private readonly graph: StackGraph,
    private readonly options: Options,
    private readonly reporter: StackReporter,
    public readonly run: Run,
  ) {}

  public option<T>(name: string): T {
    return this.options(name) as T;
  }

  public get resources(): ResourceCheck[] {
    return this.graph.resources.map((resource) => this.view(resource));
  }

  public ofType(...types: string[]): ResourceCheck[] {
    return this.graph.ofType(types).map((resource) => this.view(resource));
  }

  /** The resources of `type` whose `property` refers to `target`: the versioning of a bucket, the targets of a rule. */
  public referring(
    target: ResourceCheck,
    type: string | readonly string[],
    property: string,
  ): ResourceCheck[] {
    const types = typeof type === "string" ? [type] : type;
    return this.ofType(...types).filter((resource) => this.refers(resource, property, target));
  }

  /** The resources of `type` that `property` of `from` refers to. */
  public targets(from: ResourceCheck, property: string, ...types: string[]): ResourceCheck[] {
    return this.ofType(...types).filter((resource) => this.refers(from, property, resource));
  }

  /** Whether `property` of `from` comes from `target`: by dependency, or by an equal name, id or ARN. */
  public refers(from: ResourceCheck, property: string, target: ResourceCheck): boolean {
    const top = property.split(/[.[]/)[0] ?? property;
    const value = from.at(property).known;
    const identities = identitiesOf(target.raw);
    if (mentions(value, identities)) return true;
    const sources = from.raw.propertyDependencies?.[top] ?? [];
    if (sources.includes(target.urn)) return !mentionsAnother(value, identities);
    // A value that a remote component gave depends on the component: as long as it is unknown, any child may be meant.
    const unknown = from.at(property).presence === "unknown";
    return unknown && this.graph.ancestors(target.raw).some((urn) => sources.includes(urn));
  }

  /** What several rules need and one works out: `find` sees the resources alone, no option of its rule but in `key`. */
  public once<T>(key: string, find: () => T): T {
    const { findings } = this.graph;
    if (!findings.has(key)) findings.set(key, find());
    return findings.get(key) as T;
  }

  /** A violation of the stack as a whole. */
  public fail(message: string, finding?: string): void {
    this.reporter.fail(this.graph.root, message, "", finding);
  }

  /** Something to know about the stack that is no violation. */
  public note(message: string): void {
    this.reporter.note(message);
  }

  private view(resource: Resource): ResourceCheck {
    const known = this.views.get(resource.urn);
    if (known) return known;
    const secrets = resource.secrets ?? [];
    const reporter: Reporter = {
      fail: (message, path, finding) => this.reporter.fail(resource.urn, message, path, finding),
      defer: (path) => this.reporter.defer(resource.urn, path),
      hide: (text) => this.reporter.hide(text),
      isSecret: (path) => isSecretPath(secrets, path),
      lookAt: () => this.reporter.lookAt(resource.urn),
    };
    const view = new ResourceCheck(resource, this.options, reporter);
    this.views.set(resource.urn, view);
    return view;
  }
}

function identitiesOf(resource: Resource): ReadonlySet<string> {
  return new Set(
    IDENTITIES.map((key) => resource.properties[key]).filter(
      (value): value is string => typeof value === "string" && value.length > 2 && !isUnknown(value),
    ),
  );
}

function mentions(value: unknown, identities: ReadonlySet<string>): boolean {
  if (typeof value === "string") return identities.has(value);
  if (Array.isArray(value)) return value.some((item) => mentions(item, identities));
  return false;
}

/** A known plain name that is none of the target's: the dependency is on something else of it. */
function mentionsAnother(value: unknown, identities: ReadonlySet<string>): boolean {
  return (
    typeof value === "string" && identities.size > 0 && /^[\w.-]+$/.test(value) && !identities.has(value)
  );
}
