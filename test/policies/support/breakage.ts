import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { analyzed, type Fixture } from "./fixture";

type Properties = Record<string, unknown>;

/** One mistake: a change of a plan that a rule must find. Works on fixtures and on the recorded plan alike. */
export interface Breakage {
  readonly what: string;
  /** The type that is changed, and the property; a property of "" is the resource as a whole. */
  readonly type: string;
  readonly path: string;
  /** The changed plan with the URNs that were changed; undefined when the plan has nothing to break. */
  readonly apply: (resources: readonly AnalyzedResource[]) => Broken | undefined;
}

interface Broken {
  readonly resources: readonly AnalyzedResource[];
  readonly changed: readonly string[];
}

/** Which resources of a type a breakage means, when not any. */
export type Which = (resource: AnalyzedResource, all: readonly AnalyzedResource[]) => boolean;

/** Sets a property. */
export function put(type: string, path: string, value: unknown, which?: Which): Breakage {
  return change(type, path, () => value, which, `${path} = ${JSON.stringify(value)?.slice(0, 60)}`);
}

/** Removes a property. */
export function unset(type: string, path: string, which?: Which): Breakage {
  return change(type, path, () => undefined, which, `${path} removed`);
}

/** Replaces a property that is set by what `update` makes of it. */
export function change(
  type: string,
  path: string,
  update: (old: unknown) => unknown,
  which: Which = () => true,
  what = `${path} changed`,
): Breakage {
  return {
    what: `${shortType(type)}.${what}`,
    type,
    path,
    apply: (resources) => {
      const target = resources.find((resource) => resource.type === type && which(resource, resources));
      if (!target) return undefined;
      const edit = (properties: Readonly<Properties>): Properties => edited(properties, path, update);
      const broken = { ...target, inputs: edit(target.inputs), outputs: edit(target.outputs) };
      // What is broken already cannot show that the rule notices the change.
      if (JSON.stringify(broken) === JSON.stringify(target)) return undefined;
      return { resources: resources.map((r) => (r === target ? broken : r)), changed: [target.urn] };
    },
  };
}

/** Changes an option such as protect. */
export function option(type: string, options: Partial<AnalyzedResource>): Breakage {
  const name = Object.keys(options)[0] ?? "";
  return {
    what: `${shortType(type)} opts.${name}`,
    type,
    path: `opts.${name}`,
    apply: (resources) => {
      const target = resources.find((resource) => resource.type === type);
      if (!target) return undefined;
      return {
        resources: resources.map((r) => (r === target ? { ...r, ...options } : r)),
        changed: [target.urn],
      };
    },
  };
}

/** Leaves a resource out. */
export function drop(type: string, which: Which = () => true): Breakage {
  return {
    what: `${shortType(type)} left out`,
    type,
    path: "",
    apply: (resources) => {
      const target = resources.find((resource) => resource.type === type && which(resource, resources));
      if (!target) return undefined;
      return { resources: resources.filter((resource) => resource !== target), changed: [target.urn] };
    },
  };
}

/** Adds a resource. */
export function add(fixture: Fixture): Breakage {
  return {
    what: `${shortType(fixture.type)} added`,
    type: fixture.type,
    path: "",
    apply: (resources) => {
      const added = analyzed([fixture]);
      return { resources: [...resources, ...added], changed: added.map(({ urn }) => urn) };
    },
  };
}

/** Adds a statement to a policy document. */
export function statement(type: string, path: string, added: object, which?: Which): Breakage {
  const what = `${path} with ${JSON.stringify(added).slice(0, 90)}`;
  return change(
    type,
    path,
    (old) => withDocument(old, (root) => (root.Statement as object[]).push(added)),
    which ?? ((resource) => resource.inputs[path.split(/[.[]/)[0] ?? path] !== undefined),
    what,
  );
}

/** Edits a policy document. */
export function inDocument(
  type: string,
  path: string,
  what: string,
  edit: (root: { Version?: string; Statement: Properties[] }) => unknown,
  which?: Which,
): Breakage {
  return change(
    type,
    path,
    (old) => withDocument(old, (root) => edit(root as { Statement: Properties[] })),
    which ?? ((resource) => resource.inputs[path.split(/[.[]/)[0] ?? path] !== undefined),
    `${path}: ${what}`,
  );
}

/** Edits the arguments of the first task that calls `api`. */
export function inTask(
  api: string,
  what: string,
  edit: (args: Properties, state: Properties) => unknown,
): Breakage {
  const type = "aws:sfn/stateMachine:StateMachine";
  return change(
    type,
    "definition",
    (old) =>
      withDocument(old, (root) => {
        const state = findTask(root, api);
        if (state) edit((state.Parameters ?? state.Arguments) as Properties, state);
      }),
    (resource) => typeof resource.inputs.definition === "string" && resource.inputs.definition.includes(api),
    `definition: ${api} ${what}`,
  );
}

function withDocument(old: unknown, edit: (root: Properties) => unknown): unknown {
  if (typeof old !== "string") {
    const copy = structuredClone(old) as Properties;
    edit(copy);
    return copy;
  }
  const root = JSON.parse(old) as Properties;
  edit(root);
  return JSON.stringify(root);
}

function findTask(machine: Properties, api: string): Properties | undefined {
  for (const state of Object.values((machine.States ?? {}) as Record<string, Properties>)) {
    if (typeof state.Resource === "string" && state.Resource.includes(api)) return state;
    const nested = [state.ItemProcessor, state.Iterator, ...((state.Branches as unknown[]) ?? [])];
    for (const inner of nested.filter((candidate) => candidate !== undefined)) {
      const found = findTask(inner as Properties, api);
      if (found) return found;
    }
  }
  return undefined;
}

/** A copy with the value at `path` replaced; objects and lists on the way are made when they are missing. */
function edited(
  properties: Readonly<Properties>,
  path: string,
  update: (old: unknown) => unknown,
): Properties {
  const copy = structuredClone(properties) as Properties;
  const segments = path.match(/[^.[\]]+/g) ?? [];
  let current: Properties = copy;
  segments.slice(0, -1).forEach((segment, i) => {
    const next = current[segment];
    if (next === null || typeof next !== "object")
      current[segment] = /^\d+$/.test(segments[i + 1] ?? "") ? [] : {};
    current = current[segment] as Properties;
  });
  const last = segments.at(-1) ?? "";
  const value = update(current[last]);
  if (value === undefined) delete current[last];
  else current[last] = value;
  return copy;
}

function shortType(type: string): string {
  return type.split(":").at(-1) ?? type;
}

/** How a rule is tested: what must pass, what must not, and with which options. */
export interface RuleCase {
  readonly breakages: readonly Breakage[];
  /** Types that the compliant resources need besides the inspected ones. */
  readonly with?: readonly string[];
  /** Types that the compliant resources must not have: those that the rule forbids. */
  readonly without?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
}

export type RuleCases = Readonly<Record<string, RuleCase>>;
