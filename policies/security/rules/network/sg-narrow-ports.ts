import type { ResourceCheck, ResourceRule } from "../../../kit";
import {
  isEveryProtocol,
  networkRulePaths,
  networkRules,
  type Direction,
  type NetworkRule,
} from "./security-group-rules";

export const sgNarrowPorts: ResourceRule = {
  id: "sg-narrow-ports",
  title: "Security groups open single ports to address ranges",
  severity: "medium",
  rationale:
    "A range of ports opens whatever listens there one day. Groups that talk among themselves are left alone.",
  controls: [
    "AWS-0102",
    "EC2SecurityGroupOnlyTcp443",
    "guard:security_group_egress_all_protocols_rule",
    "guard:security_group_egress_port_range_rule",
    "guard:security_group_ingress_all_protocols_rule",
    "guard:security_group_ingress_port_range_rule",
    "guard:security_group_ingress_cidr_non_32_rule",
    "guard:security_group_missing_egress_rule",
  ],
  inspects: merge(
    networkRulePaths("ingress", ["cidr", "ports"]),
    networkRulePaths("egress", ["cidr", "ports"]),
  ),
  remedy: "Open the port that the service listens on.",
  options: {
    directions: {
      type: "array",
      items: { type: "string" },
      description: "Directions that are checked: ingress, egress.",
      default: ["ingress", "egress"],
    },
    maxPorts: {
      type: "integer",
      description: "Most ports that one rule with an address range may open.",
      default: 16,
      minimum: 1,
    },
  },
  check: (resource) => {
    const checked = resource.option<string[]>("directions");
    for (const direction of ["ingress", "egress"] as const)
      if (checked.includes(direction)) checkDirection(resource, direction);
  },
};

function checkDirection(resource: ResourceCheck, direction: Direction): void {
  for (const rule of networkRules(resource, direction)) {
    if (rule.cidrs.length === 0) continue;
    const ports = portsOf(rule);
    if (ports === undefined || ports <= resource.option<number>("maxPorts")) continue;
    const what = isEveryProtocol(rule) ? "every protocol" : `${ports} ports`;
    rule.protocol.fail(`the ${direction} rule opens ${what} to an address range`, direction);
  }
}

function portsOf(rule: NetworkRule): number | undefined {
  if (isEveryProtocol(rule)) return Infinity;
  const from = rule.fromPort.read<number>();
  const to = rule.toPort.read<number>(from);
  return from === undefined || to === undefined ? undefined : to - from + 1;
}

function merge(
  a: Record<string, readonly string[]>,
  b: Record<string, readonly string[]>,
): Record<string, readonly string[]> {
  const types = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    types.map((type) => [type, [...new Set([...(a[type] ?? []), ...(b[type] ?? [])])]]),
  );
}
