import type { StackRule } from "../../../kit";
import { VPC_ENDPOINT } from "../tokens";

export const costInterfaceEndpointCount: StackRule = {
  id: "cost-interface-endpoint-count",
  title: "Interface endpoints times zones stay within the environment's number",
  severity: "medium",
  rationale:
    "Each interface endpoint is billed by the hour in each zone: a dozen in three zones cost more than the endpoint that they serve.",
  remedy: "Drop endpoints that nothing calls, or use fewer zones.",
  controls: ["Inactive VPC interface endpoints"],
  inspects: { [VPC_ENDPOINT]: ["vpcEndpointType", "subnetIds"] },
  options: {
    maximum: {
      type: "integer",
      minimum: 0,
      description: "Most addresses (interface endpoints x zones) of the stack.",
      default: 40,
    },
  },
  checkStack: (stack) => {
    const maximum = stack.option<number>("maximum");
    const interfaces = stack
      .ofType(VPC_ENDPOINT)
      .filter((endpoint) => endpoint.at("vpcEndpointType").read<string>() === "Interface");
    const addresses = interfaces.map((endpoint) => endpoint.at("subnetIds").items().length);
    const total = addresses.reduce((sum, count) => sum + count, 0);
    if (total > maximum)
      stack.fail(
        `${interfaces.length} interface endpoints have ${total} addresses in their zones, ${maximum} at most are planned for`,
      );
  },
};
