import { unknownName } from "./nearest";
import { defaultLevel, type Level, type OptionSchema, type Rule } from "./rule";

const LEVELS: readonly Level[] = ["advisory", "mandatory", "remediate", "disabled"];

/** Configuration of one policy: its level and its options. */
interface PolicySettings {
  readonly level?: Level;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Configuration of a pack by policy name; `all` sets the level of every policy that has none of its own. */
export type PackSettings = Readonly<Record<string, PolicySettings>>;

/** The content of a `--policy-pack-config` file as settings; throws one line per mistake. */
export function parseSettings(json: unknown, rules: readonly Rule[]): PackSettings {
  if (json === null || typeof json !== "object" || Array.isArray(json)) {
    throw new Error("a policy configuration is a JSON object: policy name -> level or options");
  }
  const settings = Object.fromEntries(Object.entries(json).map(([name, value]) => [name, readPolicy(value)]));
  const mistakes = checkSettings(settings, rules);
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  return settings;
}

function readPolicy(value: unknown): PolicySettings {
  if (typeof value === "string") return { level: value as Level, options: {} };
  if (value === null || typeof value !== "object" || Array.isArray(value)) return { options: { value } };
  const { enforcementLevel, ...options } = value as Record<string, unknown>;
  return enforcementLevel === undefined ? { options } : { level: enforcementLevel as Level, options };
}

/** Every mistake in `settings`, in words: unknown policies, unknown options, wrong levels, types and ranges. */
export function checkSettings(settings: PackSettings, rules: readonly Rule[]): string[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.entries(settings).flatMap(([name, { level, options }]) => {
    const wrongLevel =
      level === undefined || LEVELS.includes(level)
        ? []
        : [`${name}: "${String(level)}" is not a level; use ${LEVELS.join(", ")}`];
    if (name === "all") return wrongLevel;
    const rule = byId.get(name);
    if (!rule) return [unknownName("a policy of this pack", name, [...byId.keys()])];
    return [
      ...wrongLevel,
      ...Object.entries(options).flatMap(([key, value]) => checkOption(rule, key, value)),
    ];
  });
}

function checkOption(rule: Rule, key: string, value: unknown): string[] {
  const schemas = rule.options ?? {};
  const schema = schemas[key];
  if (!schema) return [`${rule.id}: ${unknownName("an option of it", key, Object.keys(schemas))}`];
  const problem = describeMismatch(schema, value);
  return problem ? [`${rule.id}.${key} is ${JSON.stringify(value)}: ${problem}`] : [];
}

function describeMismatch(schema: OptionSchema, value: unknown): string | undefined {
  const type = Array.isArray(value) ? "array" : typeof value;
  const jsonType = schema.type === "integer" ? "number" : schema.type;
  if (type !== jsonType || (schema.type === "integer" && !Number.isInteger(value))) {
    return `expected ${schema.type === "array" ? `a list of ${schema.items?.type ?? "string"}s` : schema.type}`;
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return `expected one of ${schema.enum.map((item) => JSON.stringify(item)).join(", ")}`;
  }
  if (typeof value === "number" && schema.minimum !== undefined && value < schema.minimum) {
    return `expected at least ${schema.minimum}`;
  }
  if (typeof value === "number" && schema.maximum !== undefined && value > schema.maximum) {
    return `expected at most ${schema.maximum}`;
  }
  const itemType = schema.items?.type;
  if (Array.isArray(value) && itemType) {
    const plainType = itemType === "integer" ? "number" : itemType;
    if (value.some((item) => typeof item !== plainType)) return `expected a list of ${itemType}s`;
  }
  return undefined;
}

export function levelOf(rule: Rule, settings: PackSettings): Level {
  return settings[rule.id]?.level ?? settings.all?.level ?? defaultLevel(rule);
}

export function optionOf(rule: Rule, settings: PackSettings, name: string): unknown {
  const configured = settings[rule.id]?.options[name];
  return configured === undefined ? rule.options?.[name]?.default : configured;
}
