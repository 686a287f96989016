import { defaultLevel, type Level, type Rule } from "./rule";
import { checkSettings } from "./settings";

/** Levels and options by rule, as a `--policy-pack-config` file has them. */
export type Preset = Readonly<Record<string, Level | Readonly<Record<string, unknown>>>>;

/** The rules with the levels and the defaults of options that `preset` gives them. */
export function withPreset(rules: readonly Rule[], preset: Preset): Rule[] {
  const settings = Object.fromEntries(Object.entries(preset).map(([id, value]) => [id, partsOf(value)]));
  const mistakes = checkSettings(settings, rules);
  if (mistakes.length > 0) throw new Error(`preset: ${mistakes.join("\n")}`);
  return rules.map((rule) => {
    const given = settings[rule.id];
    if (!given) return rule;
    const options = Object.entries(rule.options ?? {}).map(([name, option]) => [
      name,
      name in given.options ? { ...option, default: given.options[name] } : option,
    ]);
    return {
      ...rule,
      ...(given.level ? { level: given.level } : {}),
      ...(options.length > 0 ? { options: Object.fromEntries(options) as Rule["options"] } : {}),
    };
  });
}

function partsOf(value: Preset[string]): { level?: Level; options: Record<string, unknown> } {
  if (typeof value === "string") return { level: value, options: {} };
  const { enforcementLevel, ...options } = value;
  return enforcementLevel === undefined ? { options } : { level: enforcementLevel as Level, options };
}

/** Every rule's level and options, as a configuration to start from. */
export function settingsOf(rules: readonly Rule[]): Preset {
  return Object.fromEntries(
    rules.map((rule) => {
      const options = Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default]);
      const level = defaultLevel(rule);
      return [
        rule.id,
        options.length === 0 ? level : { enforcementLevel: level, ...Object.fromEntries(options) },
      ];
    }),
  );
}

/** What `rules` set otherwise than `base`: the configuration that makes of a pack with `base` one with `rules`. */
export function differenceOf(rules: readonly Rule[], base: readonly Rule[]): Preset {
  const there = new Map(base.map((rule) => [rule.id, rule]));
  return Object.fromEntries(
    rules.flatMap((rule) => {
      const other = there.get(rule.id) ?? rule;
      const level =
        defaultLevel(rule) === defaultLevel(other) ? {} : { enforcementLevel: defaultLevel(rule) };
      const options = Object.entries(rule.options ?? {})
        .filter(
          ([name, { default: own }]) =>
            JSON.stringify(own) !== JSON.stringify(other.options?.[name]?.default),
        )
        .map(([name, { default: own }]) => [name, own]);
      const value = { ...level, ...Object.fromEntries(options) } as Record<string, unknown>;
      return Object.keys(value).length === 0 ? [] : [[rule.id, shortened(value)]];
    }),
  );
}

function shortened(value: Record<string, unknown>): Preset[string] {
  const [only, ...others] = Object.keys(value);
  return only === "enforcementLevel" && others.length === 0 ? (value.enforcementLevel as Level) : value;
}
