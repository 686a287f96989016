import type { ResourceRule } from "../../../kit";
import { isEverywhere, isEveryProtocol, networkRulePaths, networkRules } from "./security-group-rules";

export const sgNoOpenEgress: ResourceRule = {
  id: "sg-no-open-egress",
  title: "No security group lets traffic out to everywhere",
  severity: "high",
  rationale:
    "An open egress rule lets data out to any address; the platform needs its VPC endpoints and nothing else.",
  controls: ["CKV_AWS_382", "AWS-0104", "guard:ec2_security_group_egress_open_to_world_rule"],
  inspects: networkRulePaths("egress", ["cidr", "ports"]),
  remedy: "Name the endpoints' security group and the prefix lists of S3 and DynamoDB.",
  options: {
    anyPort: {
      type: "boolean",
      description: "Whether a single port to everywhere is rejected too, or only all protocols.",
      default: true,
    },
  },
  check: (resource) => {
    for (const rule of networkRules(resource, "egress")) {
      for (const cidr of rule.cidrs) {
        const range = cidr.read<string>();
        if (range === undefined || !isEverywhere(range)) continue;
        if (resource.option<boolean>("anyPort") || isEveryProtocol(rule))
          cidr.fail(`traffic may go everywhere (${range})`, range);
      }
    }
  },
};
