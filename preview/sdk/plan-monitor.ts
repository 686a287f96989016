import * as pulumi from "@pulumi/pulumi";
import type { Empty as EmptyMessage } from "google-protobuf/google/protobuf/empty_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import type { RecordedInvoke, RecordedResource } from "../recorded-resource";
import { outsideApply } from "./mark-apply";
import type { ProviderStubs, Registration } from "./registration";
import { Empty, Struct } from "./sdk-copies";
import { messageOf } from "./watch-program";
import { decodeFields } from "./wire";

interface MonitorOptions {
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  readonly stubs: ProviderStubs;
}

type Callback<T> = (error: Error | null, response: T | undefined) => void;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Features of an engine that this one lacks. Output values would arrive as nested messages; unknowns and secrets have their
 * own marks without them. Transforms and hooks would be called back, which no part of the program asks for.
 */
const UNSUPPORTED_FEATURES = new Set([
  "outputValues",
  "transforms",
  "invokeTransforms",
  "resourceHooks",
  "errorHooks",
]);

/** What the SDK calls when it turns a resource reference back into a resource. */
const GET_RESOURCE = "pulumi:pulumi:getResource";

/** The engine's side of the resource monitor protocol, as far as a program without a cloud needs it. */
export class PlanMonitor {
  readonly resources: RecordedResource[] = [];
  readonly invokes: RecordedInvoke[] = [];
  readonly problems: string[] = [];
  private readonly byUrn = new Map<string, Mutable<RecordedResource>>();
  private readonly states = new Map<string, { id: string; state: Record<string, unknown> }>();

  constructor(private readonly options: MonitorOptions) {}

  registerResource(
    request: resource.RegisterResourceRequest,
    callback: Callback<resource.RegisterResourceResponse>,
  ): void {
    this.register(request).then(
      (response) => callback(null, response),
      (error: unknown) => this.fail(error, callback),
    );
  }

  registerResourceOutputs(
    request: resource.RegisterResourceOutputsRequest,
    callback: Callback<EmptyMessage>,
  ): void {
    const recorded = this.byUrn.get(request.getUrn());
    const outputs = request.getOutputs()?.toJavaScript() ?? {};
    if (recorded) recorded.outputs = decodeFields(outputs);
    callback(null, new Empty());
  }

  readResource(
    request: resource.ReadResourceRequest,
    callback: Callback<resource.ReadResourceResponse>,
  ): void {
    const response = new resource.ReadResourceResponse();
    response.setUrn(this.urnOf(request.getParent(), request.getType(), request.getName()));
    response.setProperties(request.getProperties());
    callback(null, response);
  }

  invoke(request: resource.ResourceInvokeRequest, callback: Callback<provider.InvokeResponse>): void {
    const token = request.getTok();
    const args = request.getArgs()?.toJavaScript() ?? {};
    if (token === GET_RESOURCE) return this.getResource(String(args.urn), callback);
    this.invokes.push({ token, args: decodeFields(args) });
    const answer = this.options.stubs.invoke(token, args);
    if (answer === undefined) {
      this.fail(
        new Error(`nobody answers the provider function ${token} in a plan without a cloud`),
        callback,
      );
      return;
    }
    callback(null, invokeResponse(answer));
  }

  /** A resource that the program got from a component's outputs: its state as it was registered. */
  private getResource(urn: string, callback: Callback<provider.InvokeResponse>): void {
    const known = this.states.get(urn);
    if (!known) return this.fail(new Error(`there is no resource ${urn}`), callback);
    callback(null, invokeResponse({ urn, ...known }));
  }

  supportsFeature(
    request: resource.SupportsFeatureRequest,
    callback: Callback<resource.SupportsFeatureResponse>,
  ): void {
    const response = new resource.SupportsFeatureResponse();
    response.setHassupport(!UNSUPPORTED_FEATURES.has(request.getId()));
    callback(null, response);
  }

  registerPackage(_request: unknown, callback: Callback<resource.RegisterPackageResponse>): void {
    const response = new resource.RegisterPackageResponse();
    response.setRef("plan");
    callback(null, response);
  }

  signalAndWaitForShutdown(_request: unknown, callback: Callback<EmptyMessage>): void {
    callback(null, new Empty());
  }

  private fail(error: unknown, callback: Callback<never>): void {
    this.problems.push(messageOf(error));
    callback(error instanceof Error ? error : new Error(String(error)), undefined);
  }

  private async register(
    request: resource.RegisterResourceRequest,
  ): Promise<resource.RegisterResourceResponse> {
    const registration = this.registrationOf(request);
    if (this.byUrn.has(registration.urn)) {
      throw new Error(`duplicate resource: ${registration.type} "${registration.name}" is registered twice`);
    }
    const recorded = recordOf(request, registration);
    this.byUrn.set(registration.urn, recorded);
    this.resources.push(recorded);
    const { id, outputs } = this.answer(registration);
    // Only what stands for a component is a program and answers with outputs of its own.
    const wireOutputs = registration.remote
      ? await outsideApply(() => pulumi.runtime.serializeProperties(registration.name, outputs))
      : outputs;
    this.states.set(registration.urn, { id, state: wireOutputs });
    recorded.id = id;
    recorded.outputs = decodeFields(wireOutputs, { wire: registration.wireInputs, plain: recorded.inputs });
    const response = new resource.RegisterResourceResponse();
    response.setUrn(registration.urn);
    response.setId(id);
    response.setObject(Struct.fromJavaScript(wireOutputs as Record<string, JavaScriptValue>));
    return response;
  }

  private registrationOf(request: resource.RegisterResourceRequest): Registration {
    const type = request.getType();
    const name = request.getName();
    return {
      urn: this.urnOf(request.getParent(), type, name),
      type,
      name,
      custom: request.getCustom(),
      remote: request.getRemote(),
      wireInputs: request.getObject()?.toJavaScript() ?? {},
      provider: request.getProvider(),
      preview: this.options.preview,
    };
  }

  private answer(registration: Registration): { id: string; outputs: Record<string, unknown> } {
    const { stubs, preview } = this.options;
    if (registration.remote) {
      const outputs = outsideApply(() => stubs.expand(registration));
      if (!outputs) throw new Error(`the planner cannot expand the remote component ${registration.type}`);
      return { id: "", outputs };
    }
    if (!registration.custom) return { id: "", outputs: {} };
    if (preview) return { id: "", outputs: { ...registration.wireInputs, ...stubs.autoName(registration) } };
    const { id, computed } = stubs.create(registration);
    return { id, outputs: { ...registration.wireInputs, ...computed } };
  }

  /** The engine's URN: the types of all parents below the stack, then the type and the name. */
  private urnOf(parent: string, type: string, name: string): string {
    const parentType = parent.split("::")[2] ?? "";
    const prefix = parentType === "" || parentType === "pulumi:pulumi:Stack" ? "" : `${parentType}$`;
    return `urn:pulumi:${this.options.stack}::${this.options.project}::${prefix}${type}::${name}`;
  }
}

function invokeResponse(answer: Record<string, unknown>): provider.InvokeResponse {
  const response = new provider.InvokeResponse();
  response.setReturn(Struct.fromJavaScript(answer as Record<string, JavaScriptValue>));
  return response;
}

function recordOf(
  request: resource.RegisterResourceRequest,
  { urn, type, name, custom, wireInputs, provider }: Registration,
): Mutable<RecordedResource> {
  const propertyDependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((value, key) => {
    if (value.getUrnsList().length > 0) propertyDependencies[key] = [...value.getUrnsList()].sort();
  });
  return {
    urn,
    type,
    name,
    ...(request.getParent() ? { parent: request.getParent() } : {}),
    custom,
    inputs: decodeFields(wireInputs),
    wireInputs,
    outputs: {},
    id: "",
    dependencies: [...request.getDependenciesList()].sort(),
    propertyDependencies,
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    provider,
  };
}
