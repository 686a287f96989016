import type { ResourceRule } from "../../../kit";

export const netNoInternet: ResourceRule = {
  id: "net-no-internet",
  title: "The network has no way to the internet",
  severity: "high",
  rationale: "Training code and notebooks hold the whole data lake: without a way out it cannot leave.",
  anchors: ["internet-gateway-authorized-vpc-only", "INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY"],
  guards: {
    "aws:ec2/internetGateway:InternetGateway": [],
    "aws:ec2/natGateway:NatGateway": [],
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": [],
    "aws:ec2/eip:Eip": [],
  },
  remedy: "Use isolated subnets and VPC endpoints.",
  check: (resource) => resource.fail("the network reaches the internet"),
};
