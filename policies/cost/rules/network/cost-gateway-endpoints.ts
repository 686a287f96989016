import type { ResourceCheck, StackRule } from "../../../kit";
import { VPC_ENDPOINT } from "../tokens";

const VPC = "aws:ec2/vpc:Vpc";
export const costGatewayEndpoints: StackRule = {
  id: "cost-gateway-endpoints",
  title: "S3 and DynamoDB are reached by their free gateway endpoints",
  severity: "medium",
  rationale: "The same bytes through a NAT gateway or an interface endpoint are billed by the GB.",
  remedy: "Add a VPC endpoint of type Gateway for s3 and for dynamodb.",
  controls: [],
  inspects: { [VPC]: [], [VPC_ENDPOINT]: ["serviceName", "vpcEndpointType"] },
  options: {
    services: {
      type: "array",
      items: { type: "string" },
      description: "Services that must have one.",
      default: ["s3", "dynamodb"],
    },
  },
  checkStack: (stack) => {
    if (stack.ofType(VPC).length === 0) return;
    const endpoints = stack.ofType(VPC_ENDPOINT);
    const undecided = endpoints.filter((endpoint) =>
      ["vpcEndpointType", "serviceName"].some((path) => isUnknown(endpoint, path)),
    );
    if (undecided.length > 0) return;
    const gateways = endpoints.filter(isGateway);
    for (const service of stack.option<string[]>("services"))
      if (!gateways.some((gateway) => String(gateway.at("serviceName").known).endsWith(`.${service}`)))
        stack.fail(`there is no gateway endpoint for ${service}`, service);
  },
};

/** Gateway is the type of an endpoint that names none. */
function isGateway(endpoint: ResourceCheck): boolean {
  return endpoint.at("vpcEndpointType").read<string>("Gateway") === "Gateway";
}

/** Whether the value is unknown; it is deferred then. */
function isUnknown(endpoint: ResourceCheck, path: string): boolean {
  const value = endpoint.at(path);
  if (value.presence === "unknown") endpoint.defer(path);
  return value.presence === "unknown";
}
