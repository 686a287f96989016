import type { ResourceCheck, StackRule } from "../../../kit";
import { VPC_ENDPOINT } from "../tokens";

const VPC = "aws:ec2/vpc:Vpc";
/** The services with a gateway endpoint, which is free. */
const SERVICES = ["s3", "dynamodb"];

export const costGatewayEndpoints: StackRule = {
  id: "cost-gateway-endpoints",
  title: "S3 and DynamoDB are reached by their free gateway endpoints",
  severity: "medium",
  rationale: "The same bytes through a NAT gateway or an interface endpoint are billed by the GB.",
  remedy: "Add a VPC endpoint of type Gateway for s3 and for dynamodb.",
  anchors: [],
  guards: { [VPC]: [], [VPC_ENDPOINT]: ["serviceName", "vpcEndpointType"] },
  checkStack: (stack) => {
    const gateways = stack.ofType(VPC_ENDPOINT).filter(isGateway);
    if (stack.ofType(VPC).length === 0) return;
    if (gateways.some((gateway) => gateway.at("serviceName").read() === undefined)) return;
    for (const service of SERVICES)
      if (!gateways.some((gateway) => String(gateway.at("serviceName").known).endsWith(`.${service}`)))
        stack.fail(`there is no gateway endpoint for ${service}`, service);
  },
};

/** Gateway is the type of an endpoint that names none. */
function isGateway(endpoint: ResourceCheck): boolean {
  return endpoint.at("vpcEndpointType").read<string>("Gateway") === "Gateway";
}
