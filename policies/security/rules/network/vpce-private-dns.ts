import type { ResourceRule } from "../../../kit";
import { isInterface, VPC_ENDPOINT } from "./vpc-endpoints";

export const vpcePrivateDns: ResourceRule = {
  id: "vpce-private-dns",
  title: "Interface endpoints answer under the service's usual name",
  severity: "medium",
  rationale:
    "Without private DNS every SDK call goes to the public address, which an isolated network cannot reach.",
  controls: [],
  inspects: { [VPC_ENDPOINT]: ["privateDnsEnabled", "vpcEndpointType"] },
  remedy: "Set privateDnsEnabled to true.",
  check: (endpoint) => {
    if (isInterface(endpoint))
      endpoint.require<boolean>("privateDnsEnabled", (v) => v, "SDK calls do not find the endpoint");
  },
  remediate: (properties) => {
    if (properties.vpcEndpointType === "Interface") properties.privateDnsEnabled = true;
  },
};
