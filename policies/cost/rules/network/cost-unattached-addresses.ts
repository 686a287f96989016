import type { StackRule } from "../../../kit";
import { NAT_GATEWAY } from "../tokens";

const EIP = "aws:ec2/eip:Eip";
/** What can hold an address, and the property that names it. */
const HOLDERS: readonly (readonly [string, string])[] = [
  [NAT_GATEWAY, "allocationId"],
  ["aws:ec2/eipAssociation:EipAssociation", "allocationId"],
];

export const costUnattachedAddresses: StackRule = {
  id: "cost-unattached-addresses",
  title: "Every public address is attached to something",
  severity: "low",
  rationale: "A public IPv4 address is billed by the hour, attached or not.",
  remedy: "Attach the address, or remove it.",
  controls: ["CKV2_AWS_19", "EC2.12", "ec2_eips_unattached", "Unassociated Elastic IP Addresses"],
  inspects: { [EIP]: ["instance", "networkInterface"] },
  checkStack: (stack) => {
    for (const address of stack.ofType(EIP)) {
      if (address.at("instance").isSet || address.at("networkInterface").isSet) continue;
      if (HOLDERS.some(([type, property]) => stack.referring(address, type, property).length > 0)) continue;
      address.fail("nothing uses the public address");
    }
  },
};
