import type { ResourceRule } from "../../../kit";

export const vpcNoDefault: ResourceRule = {
  id: "vpc-no-default",
  title: "The default VPC is not used",
  severity: "high",
  rationale: "Its subnets are public and shared with everything else in the account.",
  controls: ["CKV_AWS_148", "AWS-0101"],
  inspects: {
    "aws:ec2/defaultVpc:DefaultVpc": [],
    "aws:ec2/defaultSubnet:DefaultSubnet": [],
    "aws:ec2/defaultRouteTable:DefaultRouteTable": ["routes"],
  },
  remedy: "Use the platform's VPC.",
  check: (resource) => {
    if (!resource.type.endsWith("DefaultRouteTable")) resource.fail("the default network is used");
    else if (resource.at("routes").isSet)
      resource.at("routes").fail("the main route table of the VPC routes traffic");
  },
};
