import type { ResourceRule } from "../../../kit";
import { ALL_INSTANCE_PATHS, instanceTypesOf } from "../instance-types";

/** Families that AWS has replaced by a cheaper or faster one at the same price. */
const PREVIOUS = /^ml\.(t2|m4|c4|r4|p2|p3)\./;

export const costPreviousGeneration: ResourceRule = {
  id: "cost-previous-generation",
  title: "No instance of a previous generation is used",
  severity: "low",
  rationale: "Its successor does the same work for less money.",
  remedy: "Use the successor: t3, m5, c5, r5 or g6.",
  controls: ["ec2_instance_older_generation"],
  inspects: ALL_INSTANCE_PATHS,
  check: (resource) => {
    for (const value of instanceTypesOf(resource))
      value.forbid<string>(
        "",
        (type) => PREVIOUS.test(type),
        "the instance type is of a previous generation",
      );
  },
};
