import type { ResourceRule } from "../../../kit";

export const netNoInternet: ResourceRule = {
  id: "net-no-internet",
  title: "The network has no way to the internet",
  severity: "high",
  rationale: "Training code and notebooks hold the whole data lake: without a way out it cannot leave.",
  controls: ["guard:internet_gateway_authorized_vpc_only"],
  inspects: {
    "aws:ec2/internetGateway:InternetGateway": [],
    "aws:ec2/natGateway:NatGateway": [],
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": [],
    "aws:ec2/eip:Eip": [],
  },
  remedy: "Use isolated subnets and VPC endpoints.",
  // Gateways and addresses of one network are one way out.
  check: (resource) =>
    resource.failOnce(resource.component || resource.urn, "the network reaches the internet"),
};
