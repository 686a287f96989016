import type { ResourceRule, RuleFacts } from "../../../kit";
import { ALL_INSTANCE_PATHS, instanceTypesOf } from "./instance-types";

/** A rule that no instance type is of the families that `pattern` matches. */
function forbidFamilies(facts: Omit<RuleFacts, "inspects">, pattern: RegExp, message: string): ResourceRule {
  return {
    ...facts,
    inspects: ALL_INSTANCE_PATHS,
    check: (resource) => {
      for (const value of instanceTypesOf(resource))
        value.forbid<string>("", (type) => pattern.test(type), message);
    },
  };
}

/** Families with a GPU or an AWS accelerator: p, g, trn and inf, with their generation. */
const ACCELERATED = /^ml\.(p|g|trn|inf)\d/;

export const costAcceleratorsApproved = forbidFamilies(
  {
    id: "cost-accelerators-approved",
    title: "GPU and accelerator instances need an approval with an end date",
    severity: "high",
    rationale:
      "The smallest accelerated instance costs ten times a CPU one, and gradient-boosted trees gain nothing from it.",
    remedy: "Use a CPU instance type, or add an exemption that says who approved it, why and until when.",
    controls: [],
  },
  ACCELERATED,
  "the instance type has an accelerator",
);

/** Families that AWS has replaced by a cheaper or faster one at the same price. */
const PREVIOUS = /^ml\.(t2|m4|c4|r4|p2|p3)\./;

export const costPreviousGeneration = forbidFamilies(
  {
    id: "cost-previous-generation",
    title: "No instance of a previous generation is used",
    severity: "low",
    rationale: "Its successor does the same work for less money.",
    remedy: "Use the successor: t3, m5, c5, r5 or g6.",
    controls: ["ec2_instance_older_generation"],
  },
  PREVIOUS,
  "the instance type is of a previous generation",
);
