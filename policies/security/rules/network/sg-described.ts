import type { ResourceRule } from "../../../kit";
import { networkRules, SECURITY_GROUP } from "./security-group-rules";

/** What the providers write when nobody says anything. */
const DEFAULTS = /^managed by (pulumi|terraform)$/i;

export const sgDescribed: ResourceRule = {
  id: "sg-described",
  title: "Security groups and their rules say what they are for",
  severity: "low",
  rationale:
    "A rule that nobody can explain is never removed. A group's description cannot be changed later without replacing it.",
  controls: [
    "CKV_AWS_23",
    "AWS-0099",
    "AWS-0124",
    "EC2SecurityGroupDescription",
    "guard:security_group_description_rule",
  ],
  inspects: {
    [SECURITY_GROUP]: ["description", "ingress[*].description", "egress[*].description"],
    "aws:ec2/securityGroupRule:SecurityGroupRule": ["description", "type"],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["description"],
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["description"],
  },
  remedy: "Write in description who talks to whom and why.",
  check: (resource) => {
    if (resource.type === SECURITY_GROUP) {
      resource.present("description", "nobody knows what the group is for");
      resource.forbid<string>("description", (v) => DEFAULTS.test(v), "the description says nothing");
    }
    for (const direction of ["ingress", "egress"] as const) {
      for (const { description } of networkRules(resource, direction)) {
        if (!description.isSet) description.fail("nobody knows what the rule is for");
      }
    }
  },
};
