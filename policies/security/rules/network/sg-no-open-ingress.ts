import type { ResourceRule } from "../../../kit";
import { isEverywhere, networkGuards, networkRules } from "./security-group-rules";

export const sgNoOpenIngress: ResourceRule = {
  id: "sg-no-open-ingress",
  title: "No security group lets the internet in",
  severity: "critical",
  rationale: "The platform has no public service: every open port is found within minutes.",
  anchors: [
    "CKV_AWS_24",
    "CKV_AWS_25",
    "CKV_AWS_260",
    "CKV_AWS_277",
    "EC2RestrictedInbound",
    "EC2RestrictedSSH",
    "EC2RestrictedCommonPorts",
    "EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE",
    "RESTRICTED_SSH",
    "RESTRICTED_COMMON_PORTS",
    "AWS-0107",
    "EC2.13",
    "EC2.14",
    "EC2.18",
    "EC2.19",
    "EC2.53",
    "EC2.54",
    "restricted-ssh",
    "restricted-common-ports",
    "vpc-sg-open-only-to-authorized-ports",
    "ec2_securitygroup_allow_ingress_from_internet_to_any_port",
    "ec2_securitygroup_allow_ingress_from_internet_to_all_ports",
    "KICS: Unrestricted Security Group Ingress",
    "KICS: Sensitive Port Is Exposed To Entire Network",
  ],
  guards: networkGuards("ingress", ["cidr"]),
  remedy: "Name a security group, a prefix list or the VPC's range.",
  check: (resource) => {
    for (const rule of networkRules(resource, "ingress")) {
      for (const cidr of rule.cidrs) {
        const range = cidr.read<string>();
        if (range === undefined || !isEverywhere(range)) continue;
        const port = rule.fromPort.known === undefined ? "every port" : `port ${String(rule.fromPort.known)}`;
        cidr.fail(
          `everybody (${range}) can reach ${port}`,
          `${range}:${String(rule.fromPort.known ?? "all")}`,
        );
      }
    }
  },
};
