import { charge, unpriced } from "./charge";
import { listAt, textAt, UNKNOWN } from "./planned-resource";
import { HOURS_PER_MONTH } from "./price-table";
import type { Pricers } from "./pricer";
import { exactly } from "./range";

export const NETWORK_PRICERS: Pricers = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint, { prices, usage }) => {
    const kind = textAt(endpoint.inputs, "vpcEndpointType") ?? "Gateway";
    if (kind === "Gateway") return [];
    const service = textAt(endpoint.inputs, "serviceName");
    const label = typeof service === "string" ? service.split(".").slice(3).join(".") || service : "endpoint";
    const subnets = listAt(endpoint.inputs, "subnetIds");
    if (kind !== "Interface")
      return [unpriced(endpoint, label, "only gateway and interface endpoints are priced")];
    if (subnets === UNKNOWN) return [unpriced(endpoint, label, "the number of its subnets is not known yet")];
    return [
      charge(prices, endpoint, {
        what: `${label}: interface in ${subnets.length} AZ`,
        quantity: exactly(subnets.length * HOURS_PER_MONTH),
        priceKey: "vpc-interface-endpoint-hour",
      }),
      charge(prices, endpoint, {
        what: `${label}: data`,
        quantity: usage.interfaceEndpointGigabytes,
        priceKey: "vpc-interface-endpoint-data",
        assumed: true,
      }),
    ];
  },
  "aws:ec2/natGateway:NatGateway": (gateway, { prices, usage }) => [
    charge(prices, gateway, {
      what: "NAT gateway",
      quantity: exactly(HOURS_PER_MONTH),
      priceKey: "nat-gateway-hour",
    }),
    charge(prices, gateway, {
      what: "NAT data",
      quantity: usage.natGigabytes,
      priceKey: "nat-gateway-data",
      assumed: true,
    }),
  ],
  "aws:ec2/eip:Eip": (address, { prices }) => [
    charge(prices, address, {
      what: "public IPv4 address",
      quantity: exactly(HOURS_PER_MONTH),
      priceKey: "eip-hour",
    }),
  ],
};
