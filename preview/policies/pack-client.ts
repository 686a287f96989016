import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import analyzerRpc from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { PlanError } from "../plan-error";
import { Empty, grpc, Struct } from "../sdk/sdk-copies";
import type { AnalyzedResource } from "./analyzed-resource";
import {
  levelName,
  levelNumber,
  reconcileSettings,
  type GivenSettings,
  type ReconciledPolicy,
} from "./reconcile-settings";

/** Messages of a whole stack outgrow grpc's default of 4 MB; the CLI allows 400 MB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Resources in flight at once: the engine, too, registers several at a time. */
const PARALLEL_ANALYSES = 16;

/** One thing that a pack says. */
export interface Diagnostic {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
  readonly severity: number;
}

/** A change that a remediation proposes. */
export interface Remediation {
  readonly policy: string;
  readonly urn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The stack that a pack is told about. */
export interface StackIdentity {
  readonly project: string;
  readonly stack: string;
  readonly config?: Readonly<Record<string, string>>;
  /** Keys of the configuration whose values are secret. */
  readonly secretKeys?: readonly string[];
  readonly preview?: boolean;
}

/** Talks to the server of one pack, call by call, in the order in which the CLI does. */
export class PackClient {
  private readonly client: InstanceType<typeof analyzerRpc.AnalyzerClient>;
  private policies: Readonly<Record<string, ReconciledPolicy>> = {};
  private info = new analyzer.AnalyzerInfo();

  public constructor(address: string) {
    this.client = new analyzerRpc.AnalyzerClient(address, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
      "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    });
  }

  public close(): void {
    this.client.close();
  }

  /** Handshake, stack, policies, configuration. Throws what the pack answers to a wrong configuration. */
  public async configure(stack: StackIdentity, given: GivenSettings = {}): Promise<analyzer.AnalyzerInfo> {
    await this.optional("handshake", new analyzer.AnalyzerHandshakeRequest());
    const identity = new analyzer.AnalyzerStackConfigureRequest();
    identity.setStack(stack.stack);
    identity.setProject(stack.project);
    identity.setOrganization("organization");
    identity.setDryRun(stack.preview ?? true);
    for (const [key, value] of Object.entries(stack.config ?? {})) identity.getConfigMap().set(key, value);
    identity.setConfigSecretKeysList([...(stack.secretKeys ?? [])]);
    await this.optional("configureStack", identity);
    this.info = await this.call<analyzer.AnalyzerInfo>("getAnalyzerInfo", new Empty());
    await this.reconfigure(given);
    return this.info;
  }

  /** Another configuration for the same pack. */
  public async reconfigure(given: GivenSettings): Promise<void> {
    this.policies = reconcileSettings(this.info.getPoliciesList(), given);
    const request = new analyzer.ConfigureAnalyzerRequest();
    for (const [name, { level, options }] of Object.entries(this.policies)) {
      const config = new analyzer.PolicyConfig();
      config.setEnforcementlevel(levelNumber(level));
      config.setProperties(Struct.fromJavaScript(options as Record<string, never>));
      request.getPolicyconfigMap().set(name, config);
    }
    await this.call("configure", request);
  }

  /** Every resource by itself, some at a time. */
  public async analyzeAll(resources: readonly AnalyzedResource[]): Promise<Diagnostic[]> {
    const results: Diagnostic[][] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let i = next++; i < resources.length; i = next++) {
        const resource = resources[i];
        if (resource) results[i] = await this.analyze(resource);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_ANALYSES }, work));
    return results.flat();
  }

  public async analyze(resource: AnalyzedResource): Promise<Diagnostic[]> {
    return read(await this.call<analyzer.AnalyzeResponse>("analyze", analyzeRequest(resource)), resource.urn);
  }

  /** What the policies at level "remediate" would change. */
  public async remediate(resource: AnalyzedResource): Promise<Remediation[]> {
    if (!Object.values(this.policies).some(({ level }) => level === "remediate")) return [];
    const response = await this.call<analyzer.RemediateResponse>("remediate", analyzeRequest(resource));
    return response.getRemediationsList().map((item) => ({
      policy: item.getPolicyname(),
      urn: resource.urn,
      properties: (item.getProperties()?.toJavaScript() ?? {}) as Record<string, unknown>,
    }));
  }

  public async analyzeStack(resources: readonly AnalyzedResource[]): Promise<Diagnostic[]> {
    return read(await this.call<analyzer.AnalyzeResponse>("analyzeStack", stackRequest(resources)), "");
  }

  /** Calls that older or newer servers do not have: the CLI goes on without them, too. */
  private async optional(method: string, request: unknown): Promise<void> {
    try {
      await this.call(method, request);
    } catch (error) {
      if ((error as { code?: number }).code !== grpc.status.UNIMPLEMENTED) throw error;
    }
  }

  private call<T>(method: string, request: unknown): Promise<T> {
    const methods = this.client as unknown as Record<
      string,
      (request: unknown, done: (error: Error | null, response: T) => void) => void
    >;
    return new Promise((resolve, reject) => {
      methods[method]?.call(this.client, request, (error, response) => {
        if (error) reject(asPlanError(error as Error & { code?: number; details?: string }));
        else resolve(response);
      });
    });
  }
}

/** A rejection of the pack is for people; anything else keeps its code. */
function asPlanError(error: Error & { code?: number; details?: string }): Error {
  return error.code === grpc.status.UNKNOWN ? new PlanError(error.details ?? error.message) : error;
}

/** The message for the analysis of one resource. */
export function analyzeRequest(resource: AnalyzedResource): analyzer.AnalyzeRequest {
  return once(requests, resource, () => fill(new analyzer.AnalyzeRequest(), resource, resource.inputs));
}

/** The message for the analysis of a whole stack. */
export function stackRequest(resources: readonly AnalyzedResource[]): analyzer.AnalyzeStackRequest {
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(resources.map(stackMessage));
  return request;
}

// Messages of resources: several packs look at the same plan, and making one costs more than sending it.
const requests = new WeakMap<AnalyzedResource, analyzer.AnalyzeRequest>();
const messages = new WeakMap<AnalyzedResource, analyzer.AnalyzerResource>();

function once<T extends object>(
  made: WeakMap<AnalyzedResource, T>,
  resource: AnalyzedResource,
  make: () => T,
): T {
  const message = made.get(resource) ?? make();
  made.set(resource, message);
  return message;
}

interface ResourceMessage {
  setUrn(urn: string): unknown;
  setType(type: string): unknown;
  setName(name: string): unknown;
  setProperties(properties: unknown): unknown;
  setOptions(options: analyzer.AnalyzerResourceOptions): unknown;
  setProvider(provider: analyzer.AnalyzerProviderResource): unknown;
}

function fill<T>(message: T, resource: AnalyzedResource, properties: Readonly<Record<string, unknown>>): T {
  const target = message as unknown as ResourceMessage;
  target.setUrn(resource.urn);
  target.setType(resource.type);
  target.setName(resource.name);
  target.setProperties(Struct.fromJavaScript(properties as Record<string, never>));
  const options = new analyzer.AnalyzerResourceOptions();
  options.setProtect(resource.protect);
  options.setIgnorechangesList([...resource.ignoreChanges]);
  options.setParent(resource.parent);
  target.setOptions(options);
  if (resource.provider) {
    const provider = new analyzer.AnalyzerProviderResource();
    provider.setUrn(resource.provider.urn);
    provider.setType(resource.provider.type);
    provider.setName(resource.provider.name);
    provider.setProperties(Struct.fromJavaScript(resource.provider.properties as Record<string, never>));
    target.setProvider(provider);
  }
  return message;
}

function stackMessage(resource: AnalyzedResource): analyzer.AnalyzerResource {
  return once(messages, resource, () => newStackMessage(resource));
}

function newStackMessage(resource: AnalyzedResource): analyzer.AnalyzerResource {
  const message = fill(new analyzer.AnalyzerResource(), resource, resource.outputs);
  message.setParent(resource.parent);
  message.setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function read(response: analyzer.AnalyzeResponse, urn: string): Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: levelName(diagnostic.getEnforcementlevel()),
    urn: diagnostic.getUrn() || urn,
    message: diagnostic.getMessage(),
    severity: diagnostic.getSeverity(),
  }));
}
