import { kindOf } from "./plan-tree";
import type { Plan } from "./plan-environment";
import type { RecordedResource } from "./recorded-resource";
import { isUnknownMarker } from "./plan-value";

interface SettingDifference {
  readonly key: string;
  /** Value in either plan; undefined where it is not set. */
  readonly values: readonly [string | undefined, string | undefined];
}

interface KindDifference {
  readonly kind: string;
  readonly names: readonly string[];
}

interface InputDifference {
  readonly kind: string;
  readonly names: readonly string[];
  /** Input properties, and options, whose values differ beyond the environment's own name. */
  readonly properties: readonly string[];
}

export interface PlanComparison {
  readonly settings: readonly SettingDifference[];
  /** Resources that only the first, only the second plan has. */
  readonly onlyIn: readonly [readonly KindDifference[], readonly KindDifference[]];
  /** Resources of both plans with different inputs, grouped by kind. */
  readonly changed: readonly InputDifference[];
}

/** Differ in every resource and say nothing. */
const IGNORED_INPUTS = new Set(["tags", "tagsAll"]);

/** What differs between two environments of the same program. */
export function comparePlans(first: Plan, second: Plan): PlanComparison {
  const indexes = [indexOf(first), indexOf(second)] as const;
  const [a, b] = indexes;
  return {
    settings: settingDifferences(first, second),
    onlyIn: [byKind([...a].filter(([key]) => !b.has(key))), byKind([...b].filter(([key]) => !a.has(key)))],
    changed: changedInputs(first, second, a, b),
  };
}

function settingDifferences(first: Plan, second: Plan): SettingDifference[] {
  const keys = new Set([...Object.keys(first.config.config), ...Object.keys(second.config.config)]);
  return [...keys]
    .map((key): SettingDifference => ({ key, values: [first.config.config[key], second.config.config[key]] }))
    .filter(({ values: [a, b] }) => a !== b);
}

/** Type, name and place in the tree, without what the environment is called. */
function indexOf({ stack, recording }: Plan): Map<string, RecordedResource> {
  return new Map(
    recording.resources
      .filter(({ custom }) => custom)
      .map((resource) => [neutral(resource.urn.split("::").slice(2).join("::"), stack), resource]),
  );
}

function byKind(entries: readonly (readonly [string, RecordedResource])[]): KindDifference[] {
  const groups = new Map<string, string[]>();
  for (const [, { type, name }] of entries) {
    groups.set(kindOf(type), [...(groups.get(kindOf(type)) ?? []), name]);
  }
  return [...groups].map(([kind, names]) => ({ kind, names }));
}

function changedInputs(
  first: Plan,
  second: Plan,
  a: ReadonlyMap<string, RecordedResource>,
  b: ReadonlyMap<string, RecordedResource>,
): InputDifference[] {
  const groups = new Map<string, { names: string[]; properties: Set<string> }>();
  for (const [key, resource] of a) {
    const other = b.get(key);
    const properties = other ? differingInputs(resource, first.stack, other, second.stack) : [];
    if (properties.length === 0) continue;
    const group = groups.get(kindOf(resource.type)) ?? { names: [], properties: new Set<string>() };
    group.names.push(resource.name);
    for (const property of properties) group.properties.add(property);
    groups.set(kindOf(resource.type), group);
  }
  return [...groups].map(([kind, { names, properties }]) => ({
    kind,
    names,
    properties: [...properties].sort(),
  }));
}

function differingInputs(a: RecordedResource, stackA: string, b: RecordedResource, stackB: string): string[] {
  const options = a.protect === b.protect ? [] : ["protect"];
  const inputs = [...new Set([...Object.keys(a.inputs), ...Object.keys(b.inputs)])].filter((property) => {
    const [x, y] = [a.inputs[property], b.inputs[property]];
    if (IGNORED_INPUTS.has(property) || isUnknownMarker(x) || isUnknownMarker(y)) return false;
    return neutral(JSON.stringify(x) ?? "", stackA) !== neutral(JSON.stringify(y) ?? "", stackB);
  });
  return [...inputs, ...options];
}

/** `smartretail-prod-raw` and `/smartretail/prod/…` are the same thing in two environments. */
function neutral(text: string, stack: string): string {
  return text.replaceAll(new RegExp(`(smartretail[-/ ])${stack}\\b`, "gi"), "$1<environment>");
}
