import type { ResourceCheck, Value } from "../../../kit";

export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

export type Direction = "ingress" | "egress";

/** One rule of a security group, whichever resource says it. */
export interface NetworkRule {
  readonly at: Value;
  /** IPv4 and IPv6 ranges. */
  readonly cidrs: readonly Value[];
  readonly protocol: Value;
  readonly fromPort: Value;
  readonly toPort: Value;
  readonly description: Value;
}

/** The rules of one direction that a resource defines. */
export function networkRules(resource: ResourceCheck, direction: Direction): NetworkRule[] {
  const base = resource.at("");
  switch (resource.type) {
    case SECURITY_GROUP:
      return resource
        .at(direction)
        .items()
        .map((rule) => classicRule(rule));
    case RULE:
      return resource.at("type").read<string>() === direction ? [classicRule(base)] : [];
    case INGRESS_RULE:
      return direction === "ingress" ? [singleRule(base)] : [];
    case EGRESS_RULE:
      return direction === "egress" ? [singleRule(base)] : [];
    default:
      return [];
  }
}

function classicRule(rule: Value): NetworkRule {
  return {
    at: rule,
    cidrs: [...rule.at("cidrBlocks").items(), ...rule.at("ipv6CidrBlocks").items()],
    protocol: rule.at("protocol"),
    fromPort: rule.at("fromPort"),
    toPort: rule.at("toPort"),
    description: rule.at("description"),
  };
}

function singleRule(rule: Value): NetworkRule {
  return {
    at: rule,
    cidrs: [rule.at("cidrIpv4"), rule.at("cidrIpv6")].filter((cidr) => cidr.isSet),
    protocol: rule.at("ipProtocol"),
    fromPort: rule.at("fromPort"),
    toPort: rule.at("toPort"),
    description: rule.at("description"),
  };
}

/** Inspected paths of the rules about one direction: the properties of a security-group rule that decide them. */
export function networkRulePaths(
  direction: Direction,
  kinds: readonly ("cidr" | "ports" | "description")[],
): Record<string, readonly string[]> {
  const classic = kinds.flatMap((kind) => CLASSIC[kind]);
  const single = kinds.flatMap((kind) => SINGLE[kind]);
  return {
    [SECURITY_GROUP]: classic.map((property) => `${direction}[*].${property}`),
    [RULE]: ["type", ...classic],
    [direction === "ingress" ? INGRESS_RULE : EGRESS_RULE]: single,
  };
}

const CLASSIC = {
  cidr: ["cidrBlocks", "ipv6CidrBlocks"],
  ports: ["fromPort", "toPort", "protocol"],
  description: ["description"],
};

const SINGLE = {
  cidr: ["cidrIpv4", "cidrIpv6"],
  ports: ["fromPort", "toPort", "ipProtocol"],
  description: ["description"],
};

/** A range of the internet: shorter than the shortest private prefixes, 10.0.0.0/8 and fc00::/7. */
export function isEverywhere(cidr: string): boolean {
  const length = Number(/\/(\d+)$/.exec(cidr)?.[1] ?? NaN);
  return length < (/^f[cd]/i.test(cidr) ? 7 : 8);
}

/** "-1" and "all" stand for every protocol; then the ports say nothing. */
export function isEveryProtocol(rule: NetworkRule): boolean {
  return ["-1", "all", "ALL"].includes(String(rule.protocol.known ?? ""));
}
