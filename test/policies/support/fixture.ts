import { UNKNOWN } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";

/** A value that comes from another resource of the fixture. */
export interface Reference {
  readonly $ref: string;
  readonly property: string;
}

/** One resource of a fixture. */
export interface Fixture {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
}

export const ACCOUNT = "111122223333";
export const REGION = "ap-northeast-1";

/** Tags that the tag rules ask for by default. */
export const TAGS = {
  CostCenter: "retail-ml",
  Environment: "prod",
  Owner: "platform",
  Project: "smartretail",
};

export function ref(name: string, property = "id"): Reference {
  return { $ref: name, property };
}

/** A policy document as text. */
export function document(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function urnOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `urn:pulumi:test::platform::${type}::${name}`;
}

/** Fixtures as the engine would show them, all values known. */
export function analyzed(fixtures: readonly Fixture[]): AnalyzedResource[] {
  const byName = new Map(fixtures.map((fixture) => [fixture.name, fixture]));
  return fixtures.map((fixture) => {
    const inputs = resolve(fixture.properties, byName) as Record<string, unknown>;
    return {
      urn: urnOf(fixture),
      type: fixture.type,
      name: fixture.name,
      parent: "",
      protect: fixture.protect ?? false,
      ignoreChanges: fixture.ignoreChanges ?? [],
      dependencies: [],
      propertyDependencies: Object.fromEntries(
        Object.entries(fixture.properties)
          .map(
            ([key, value]) => [key, referencesIn(value).flatMap((name) => urnsOf(byName.get(name)))] as const,
          )
          .filter(([, urns]) => urns.length > 0),
      ),
      inputs,
      outputs: { id: idOf(fixture), arn: arnOf(fixture), ...inputs },
    };
  });
}

/**
 * The same resources as a first preview shows them: everything that `inspects` does not name is unknown, by type; what a
 * it names keeps its value.
 */
export function withUnknownSiblings(
  resources: readonly AnalyzedResource[],
  inspects: Readonly<Record<string, readonly string[]>>,
): AnalyzedResource[] {
  return resources.map((resource) => {
    const paths = [...(inspects[resource.type] ?? []), ...(inspects["*"] ?? [])];
    const kept = new Set(paths.map((path) => path.split(/[.[]/)[0]));
    const hide = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, kept.has(key) ? value : UNKNOWN]),
      );
    return { ...resource, inputs: hide(resource.inputs), outputs: hide(resource.outputs) };
  });
}

function idOf(fixture: Fixture): string {
  return typeof fixture.properties.bucket === "string" ? fixture.properties.bucket : `${fixture.name}-id`;
}

function arnOf(fixture: Fixture): string {
  return `arn:aws:${fixture.type.split(/[:/]/)[1]}:${REGION}:${ACCOUNT}:${fixture.name}`;
}

function urnsOf(fixture: Fixture | undefined): string[] {
  return fixture ? [urnOf(fixture)] : [];
}

function isReference(value: unknown): value is Reference {
  return value !== null && typeof value === "object" && "$ref" in value;
}

/** A reference to a resource that the fixture leaves out is a plain text. */
function resolve(value: unknown, byName: ReadonlyMap<string, Fixture>): unknown {
  if (isReference(value)) {
    const target = byName.get(value.$ref);
    if (!target) return `${value.$ref}-${value.property}`;
    if (value.property === "id") return idOf(target);
    if (value.property === "arn") return arnOf(target);
    return target.properties[value.property];
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, byName));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, byName)]));
}

function referencesIn(value: unknown): string[] {
  if (isReference(value)) return [value.$ref];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(referencesIn);
}
