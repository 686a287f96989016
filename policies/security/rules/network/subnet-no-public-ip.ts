import type { ResourceRule } from "../../../kit";

export const subnetNoPublicIp: ResourceRule = {
  id: "subnet-no-public-ip",
  title: "Subnets give out no public addresses",
  severity: "high",
  rationale: "Whatever starts in the subnet is then on the internet by default.",
  anchors: [
    "CKV_AWS_130",
    "VPCSubnetAutoAssignPublicIpDisabled",
    "SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED",
    "AWS-0164",
    "EC2.15",
    "subnet-auto-assign-public-ip-disabled",
    "vpc_subnet_no_public_ip_by_default",
    "KICS: VPC Subnet Assigns Public IP",
  ],
  guards: { "aws:ec2/subnet:Subnet": ["mapPublicIpOnLaunch", "assignIpv6AddressOnCreation"] },
  remedy: "Remove mapPublicIpOnLaunch.",
  check: (subnet) =>
    subnet.forbid<boolean>("mapPublicIpOnLaunch", (v) => v, "instances get public addresses"),
  remediate: (properties) => {
    properties.mapPublicIpOnLaunch = false;
  },
};
