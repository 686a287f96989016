import type { ResourceRule } from "../../../kit";
import {
  isEverywhere,
  isEveryProtocol,
  networkRulePaths,
  networkRules,
  type NetworkRule,
} from "./security-group-rules";

export const sgNoOpenIngress: ResourceRule = {
  id: "sg-no-open-ingress",
  title: "No security group lets the internet in",
  severity: "critical",
  rationale: "The platform has no public service: every open port is found within minutes.",
  controls: [
    "CKV_AWS_24",
    "CKV_AWS_25",
    "CKV_AWS_260",
    "CKV_AWS_277",
    "EC2.13",
    "EC2.14",
    "EC2.18",
    "EC2.19",
    "EC2.53",
    "EC2.54",
    "AWS-0107",
    "EC2RestrictedCommonPorts",
    "EC2RestrictedInbound",
    "EC2RestrictedSSH",
    "guard:ec2_security_group_ingress_open_to_world_rule",
    "guard:restricted_common_ports",
    "guard:restricted_ssh",
    "guard:vpc_sg_open_only_to_authorized_ports",
  ],
  inspects: networkRulePaths("ingress", ["cidr", "ports"]),
  remedy: "Name a security group, a prefix list or the VPC's range.",
  options: {
    publicPorts: {
      type: "array",
      items: { type: "integer" },
      description: "Ports that may be open to everybody, such as 80 and 443 of a public website.",
      default: [],
    },
  },
  check: (resource) => {
    const open = resource.option<number[]>("publicPorts");
    for (const rule of networkRules(resource, "ingress")) {
      for (const cidr of rule.cidrs) {
        const range = cidr.read<string>();
        if (range === undefined || !isEverywhere(range) || isOneOf(open, rule)) continue;
        cidr.fail(
          `everybody (${range}) can reach ${portOf(rule)}`,
          `${range}:${String(rule.fromPort.known ?? "all")}`,
        );
      }
    }
  },
};

/** Whether the rule opens one port only, and one of `ports`. */
function isOneOf(ports: readonly number[], rule: NetworkRule): boolean {
  const from = rule.fromPort.known;
  return !isEveryProtocol(rule) && from === rule.toPort.known && ports.includes(Number(from));
}

function portOf({ fromPort }: NetworkRule): string {
  if (fromPort.presence === "unknown") return "a port that is not known yet";
  return fromPort.known === undefined ? "every port" : `port ${String(fromPort.known)}`;
}
