import type { ResourceRule } from "../../../kit";

export const subnetNoPublicIp: ResourceRule = {
  id: "subnet-no-public-ip",
  title: "Subnets give out no public addresses",
  severity: "high",
  rationale: "Whatever starts in the subnet is then on the internet by default.",
  controls: [
    "CKV_AWS_130",
    "EC2.15",
    "AWS-0164",
    "VPCSubnetAutoAssignPublicIpDisabled",
    "guard:subnet_auto_assign_public_ip_disabled",
  ],
  inspects: { "aws:ec2/subnet:Subnet": ["mapPublicIpOnLaunch", "assignIpv6AddressOnCreation", "tags"] },
  remedy: "Remove mapPublicIpOnLaunch.",
  options: {
    publicTag: {
      type: "string",
      description: "Tag and value, as key=value, of subnets that are public on purpose; empty: none is.",
      default: "",
    },
  },
  check: (subnet) => {
    const [key = "", value] = subnet.option<string>("publicTag").split("=");
    if (key !== "" && subnet.at(`tags.${key}`).known === value) return;
    // The public subnets of one network are one decision.
    if (subnet.at("mapPublicIpOnLaunch").read<boolean>() === true)
      subnet.failOnce(
        subnet.component || String(subnet.at("vpcId").known ?? subnet.urn),
        "instances get public addresses (mapPublicIpOnLaunch is true)",
        "mapPublicIpOnLaunch",
      );
  },
  remediate: (properties) => {
    properties.mapPublicIpOnLaunch = false;
  },
};
