import type { Rule, StackRule } from "./rule";

/** A policy pack before it is served: its rules and what it says about itself. */
export interface Pack {
  /** Name of the pack, and of its part in an exemptions file. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly rules: readonly Rule[];
}

/** A pack with the rule about its exemptions added at the end, where every other rule has run. Ids must be unique. */
export function definePack(pack: Pack): Pack {
  const rules = [...pack.rules, exemptionsRule(pack.name)];
  const ids = rules.map((rule) => rule.id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice) throw new Error(`rule ${twice} is in the ${pack.name} pack twice`);
  return { ...pack, rules };
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
      for (const { message, entry } of stack.exemptionProblems()) {
        stack.fail(message, `${entry.rule}::${entry.resource}`);
      }
    },
  };
}
