import type analyzer from "@pulumi/pulumi/proto/analyzer_pb";

/** Level and options of one policy as the engine hands them to a pack. */
export interface ReconciledPolicy {
  readonly level: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a `--policy-pack-config` file may hold per policy. */
export type GivenSettings = Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;

/** Levels by their number in the protocol (proto/analyzer.proto). */
const LEVELS = ["advisory", "mandatory", "disabled", "remediate"] as const;

export function levelNumber(level: string): analyzer.EnforcementLevel {
  return Math.max(0, LEVELS.indexOf(level as (typeof LEVELS)[number])) as analyzer.EnforcementLevel;
}

export function levelName(level: number): string {
  return LEVELS[level] ?? "advisory";
}

/**
 * The configuration that the engine would send: the schema's defaults and the pack's levels, then `all`, then what is
 * given per policy. Names that the pack does not know are sent along, as the engine does: rejecting them is the pack's.
 */
export function reconcileSettings(
  policies: readonly analyzer.PolicyInfo[],
  given: GivenSettings,
): Record<string, ReconciledPolicy> {
  const all = levelOf(given.all);
  const result: Record<string, ReconciledPolicy> = {};
  for (const policy of policies) {
    result[policy.getName()] = {
      level: all ?? levelName(policy.getEnforcementlevel()),
      options: defaultsOf(policy),
    };
  }
  for (const [name, value] of Object.entries(given)) {
    const known = result[name];
    result[name] = {
      level: levelOf(value) ?? known?.level ?? "advisory",
      options: { ...known?.options, ...optionsOf(value) },
    };
  }
  return result;
}

function defaultsOf(policy: analyzer.PolicyInfo): Record<string, unknown> {
  const schema = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
  return Object.fromEntries(
    Object.entries(schema as Record<string, { default?: unknown }>)
      .filter(([, property]) => property.default !== undefined)
      .map(([name, property]) => [name, property.default]),
  );
}

function levelOf(value: GivenSettings[string] | undefined): string | undefined {
  const level = typeof value === "string" ? value : value?.enforcementLevel;
  return typeof level === "string" ? level : undefined;
}

function optionsOf(value: GivenSettings[string]): Record<string, unknown> {
  if (typeof value === "string") return {};
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "enforcementLevel"));
}
