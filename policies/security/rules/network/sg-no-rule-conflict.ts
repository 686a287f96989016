import type { StackRule } from "../../../kit";
import { SECURITY_GROUP } from "./security-group-rules";

const CLASSIC_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

const STANDALONE = [
  { type: CLASSIC_RULE, directions: ["ingress", "egress"] },
  { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", directions: ["ingress"] },
  { type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", directions: ["egress"] },
];

export const sgNoRuleConflict: StackRule = {
  id: "sg-no-rule-conflict",
  title: "The rules of a security group are managed in one way",
  severity: "medium",
  rationale: "Inline rules remove the others on every second update.",
  controls: [],
  inspects: {
    [SECURITY_GROUP]: ["ingress", "egress"],
    ...Object.fromEntries(STANDALONE.map(({ type }) => [type, ["securityGroupId"]])),
    [CLASSIC_RULE]: ["securityGroupId", "type"],
  },
  remedy: "Use either the group's own lists or resources of their own, not both for one direction.",
  checkStack: (stack) => {
    for (const group of stack.ofType(SECURITY_GROUP)) {
      for (const direction of ["ingress", "egress"].filter((name) => group.input(name).isSet)) {
        const others = STANDALONE.filter(({ directions }) => directions.includes(direction))
          .flatMap(({ type }) => stack.referring(group, type, "securityGroupId"))
          .filter((rule) => !rule.at("type").isSet || rule.at("type").known === direction);
        if (others.length > 0)
          group.fail("inline rules and rules of their own overwrite each other", direction);
      }
    }
  },
};
