import type { ResourceCheck, ResourceRule, Value } from "../../../kit";
import { isEverywhere } from "./security-group-rules";

const NACL = "aws:ec2/networkAcl:NetworkAcl";
const NACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule";

/** Ports of remote administration and plain web traffic. */
const SENSITIVE_PORTS = [20, 21, 22, 3389];

export const naclClosed: ResourceRule = {
  id: "nacl-closed",
  title: "Network ACLs let the internet reach no administration port",
  severity: "medium",
  rationale: "The ACL is the second fence; with it open one wrong security group is enough.",
  controls: [
    "CKV_AWS_229",
    "CKV_AWS_230",
    "CKV_AWS_231",
    "CKV_AWS_232",
    "CKV_AWS_352",
    "EC2.21",
    "AWS-0105",
    "guard:ec2_network_acl_entry_ineffective_deny_rule",
    "guard:ec2_network_acl_port_range_rule",
    "guard:ec2_network_acl_protocol_rule",
  ],
  inspects: {
    [NACL]: ["ingress"],
    [NACL_RULE]: ["cidrBlock", "ipv6CidrBlock", "fromPort", "toPort", "protocol", "ruleAction", "egress"],
  },
  remedy: "Narrow the range, or the ports.",
  check: (resource) => {
    for (const rule of inboundRules(resource))
      checkRule(rule, resource.type === NACL ? "action" : "ruleAction");
  },
};

function inboundRules(resource: ResourceCheck): Value[] {
  if (resource.type === NACL) return resource.at("ingress").items();
  return resource.at("egress").read<boolean>(false) === true ? [] : [resource.at("")];
}

function checkRule(rule: Value, actionKey: string): void {
  if (rule.at(actionKey).read<string>() !== "allow") return;
  const ranges = ["cidrBlock", "ipv6CidrBlock"].map((key) => rule.at(key)).filter((value) => value.isSet);
  const everywhere = ranges.find((value) => isEverywhere(String(value.known ?? "")));
  if (!everywhere) return;
  const all = ["-1", "all"].includes(String(rule.at("protocol").known ?? ""));
  const from = Number(rule.at("fromPort").known ?? 0);
  const to = Number(rule.at("toPort").known ?? 65535);
  if (all || SENSITIVE_PORTS.some((port) => from <= port && port <= to)) {
    everywhere.fail(all ? "everybody may send every protocol" : `everybody may reach ports ${from} to ${to}`);
  }
}
