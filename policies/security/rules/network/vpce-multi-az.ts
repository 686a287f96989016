import type { ResourceRule } from "../../../kit";
import { isInterface, VPC_ENDPOINT } from "./vpc-endpoints";

export const vpceMultiAz: ResourceRule = {
  id: "vpce-multi-az",
  title: "Interface endpoints are in enough availability zones",
  severity: "medium",
  rationale: "When the only zone of an endpoint fails, every job that calls the service fails.",
  controls: [],
  inspects: { [VPC_ENDPOINT]: ["subnetIds", "vpcEndpointType"] },
  remedy: "Give the endpoint a subnet in every zone that runs jobs.",
  options: {
    minimum: {
      type: "integer",
      description:
        "Subnets (one a zone) that are enough. Each costs an hourly charge, so 1 is right where a failed zone can wait.",
      default: 2,
      minimum: 1,
    },
  },
  check: (endpoint) => {
    if (!isInterface(endpoint)) return;
    const minimum = endpoint.option<number>("minimum");
    endpoint.require<unknown[]>(
      "subnetIds",
      (v) => v.length >= minimum,
      `the endpoint is in fewer than ${minimum} zones`,
    );
  },
};
