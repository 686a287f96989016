import { parseAsl, type StateMachineDocument } from "./documents/state-machine";
import { parseJson, type JsonDocument } from "./documents/json";
import { parsePolicy, type PolicyDocument } from "./documents/policy";
import type { ProviderResource, Resource, ResourceOptions } from "./resource";
import { Value, type Reporter } from "./value";

/** Gives the settings of the rule that runs. */
export type Options = (name: string) => unknown;

/** One resource as a rule sees it: its values in three states, its documents parsed, and the ways to report. */
export class ResourceCheck {
  private readonly root: Value;

  public constructor(
    private readonly resource: Resource,
    private readonly options: Options,
    private readonly reporter: Reporter,
  ) {
    this.root = new Value(resource.properties, "", reporter);
  }

  public get urn(): string {
    return this.resource.urn;
  }

  public get type(): string {
    return this.resource.type;
  }

  public get name(): string {
    return this.resource.name;
  }

  public get resourceOptions(): ResourceOptions {
    return this.resource.options;
  }

  public get provider(): ProviderResource | undefined {
    return this.resource.provider;
  }

  /** The resource as a stack rule holds it. */
  public get raw(): Resource {
    return this.resource;
  }

  /** Setting of the rule: the configured value, else the documented default. */
  public option<T>(name: string): T {
    return this.options(name) as T;
  }

  /** URN of the nearest component around the resource, as far as the run has seen it; empty when there is none. */
  public get component(): string {
    return this.reporter.component?.() ?? "";
  }

  public at(path: string): Value {
    this.reporter.lookAt?.();
    return this.root.at(path);
  }

  /**
   * What the program itself set at `path`. Outputs also hold what the cloud added: the policies that others attached to
   * a role, the rules that others put into a security group.
   */
  public input(path: string): Value {
    return new Value(this.resource.inputs ?? this.resource.properties, "", this.reporter).at(path);
  }

  public present(path: string, message: string): void {
    this.root.present(path, message);
  }

  public require<T>(path: string, accepts: (value: T) => boolean, message: string): void {
    this.root.require(path, accepts, message);
  }

  public forbid<T>(path: string, rejects: (value: T) => boolean, message: string): void {
    this.root.forbid(path, rejects, message);
  }

  /** A violation of the resource as a whole, or at `path`. */
  public fail(message: string, path = "", finding?: string): void {
    this.reporter.fail(message, path, finding);
  }

  /**
   * A violation that has one cause for many resources, such as the region of their provider: it is reported for the
   * first resource that gives this `cause`, and only once.
   */
  public failOnce(cause: string, message: string, path = "", finding?: string): void {
    if (this.reporter.failOnce) this.reporter.failOnce(cause, message, path, finding);
    else this.reporter.fail(message, path, finding);
  }

  public defer(path: string): void {
    this.reporter.defer(path);
  }

  /** The IAM, KMS, bucket or queue policy at `path`; undefined when unset or unreadable; deferred when unknown. */
  public policy(path: string): PolicyDocument | undefined {
    return this.document(path, "policy", parsePolicy);
  }

  /** Why the text at `path` is no JSON object; undefined when it is one, unset or unknown. */
  public unreadable(path: string): string | undefined {
    const value = this.at(path);
    return value.presence === "known" ? parseJson(value.known).error : undefined;
  }

  /** The Amazon States Language definition at `path`. */
  public stateMachine(path: string): StateMachineDocument | undefined {
    return this.document(path, "asl", parseAsl);
  }

  private document<T>(
    path: string,
    kind: string,
    build: (document: JsonDocument, at: string, reporter: Reporter) => T,
  ): T | undefined {
    const key = `${kind}:${path}`;
    const value = this.at(path);
    if (value.presence === "unset") return undefined;
    const parsed = this.resource.parsed.get(key) as JsonDocument | undefined;
    const json = parsed ?? parseJson(value.known);
    this.resource.parsed.set(key, json);
    if (value.presence === "unknown" || json.partlyUnknown) this.reporter.defer(path);
    return json.root === undefined ? undefined : build(json, path, this.reporter);
  }
}
