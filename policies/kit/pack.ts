import { differenceOf, settingsOf, withPreset, type Preset } from "./preset";
import type { Rule, StackRule } from "./rule";

/** A pack as it is written down. */
export interface PackSource extends Omit<Pack, "presets"> {
  /** What is set otherwise in the programs of others than here: the preset `general`. @default nothing */
  readonly general?: Preset;
}

/** A policy pack before it is served: its rules and what it says about itself. */
export interface Pack {
  /** Name of the pack, and of its part in an exemptions file. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly rules: readonly Rule[];
  /**
   * Configurations to start from: `general` names every level and option that the pack has without one, `smartretail` what
   * this platform sets otherwise.
   */
  readonly presets: { readonly general: Preset; readonly smartretail: Preset };
  /** Types that need no rule: those that cost nothing, for a pack about cost. */
  readonly needsNoRule?: (type: string) => boolean;
}

/**
 * A pack with the rules about the run added at the end, where every other rule has run. Without configuration it is the
 * preset `general`; a rule as it is written is the preset `smartretail`. Ids must be unique.
 */
export function definePack({ general = {}, ...pack }: PackSource): Pack {
  const written = [...pack.rules, uncheckedTypesRule(pack), exemptionsRule(pack.name)];
  const rules = withPreset(written, general);
  const ids = rules.map((rule) => rule.id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice) throw new Error(`rule ${twice} is in the ${pack.name} pack twice`);
  const presets = { general: settingsOf(rules), smartretail: differenceOf(written, rules) };
  return { ...pack, rules, presets };
}

function exemptionsRule(pack: string): StackRule {
  return {
    id: `${pack}-exemptions`,
    title: "Every exemption is needed and has not expired",
    severity: "medium",
    rationale:
      "A waiver that outlives its reason hides the next violation of the same kind from everybody who reads the plan.",
    controls: [],
    inspects: {},
    remedy: "Remove the exemption, or renew it with a new reason and date.",
    exemptible: false,
    options: {
      file: {
        type: "string",
        description: `JSON file with the list of exemptions under "${pack}", relative to the pack's folder.`,
        default: "",
      },
    },
    checkStack: (stack) => {
      for (const { message, entry } of stack.run.exemptionProblems()) {
        stack.fail(message, `${entry.rule}::${entry.resource}`);
      }
    },
  };
}

/** Reports the types of the stack that no rule is about. */
function uncheckedTypesRule({ name, needsNoRule = () => false }: PackSource): StackRule {
  return {
    id: `${name}-unchecked-types`,
    title: "The run says which resource types no rule looks at",
    severity: "low",
    rationale:
      "A resource without a message is either right or was never looked at; only the run can tell which.",
    controls: [],
    inspects: {},
    remedy: "Nothing needs to be done; look at these resources by other means.",
    exemptible: false,
    checkStack: (stack) => {
      const counts = new Map<string, number>();
      for (const { type, provider } of stack.resources) {
        const isCustom = provider !== undefined || type.includes("/");
        if (!isCustom || type.startsWith("pulumi:") || stack.run.isChecked(type)) continue;
        if (needsNoRule(type)) continue;
        counts.set(type, (counts.get(type) ?? 0) + 1);
      }
      if (counts.size === 0) return;
      const types = [...counts].sort(([a], [b]) => a.localeCompare(b));
      stack.note(`no rule looks at ${types.map(([type, count]) => `${type} (${count})`).join(", ")}`);
    },
  };
}
