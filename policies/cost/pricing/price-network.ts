import { charge, notKnownYet, unpriced } from "./charge";
import type { PlanIndex } from "./plan-index";
import { listAt, textAt, NOT_KNOWN_YET, type PlannedResource } from "./planned-resource";
import { HOURS_PER_MONTH } from "./price-table";
import type { Pricers } from "./pricer";
import { exactly, rangeOf, times, type Range } from "./range";

export const NETWORK_PRICERS: Pricers = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint, { plan, prices, usage }) => {
    const kind = textAt(endpoint.inputs, "vpcEndpointType") ?? "Gateway";
    if (kind === "Gateway") return [];
    const service = textAt(endpoint.inputs, "serviceName");
    const label = typeof service === "string" ? service.split(".").slice(3).join(".") || service : "endpoint";
    if (kind !== "Interface")
      return [unpriced(endpoint, label, "only gateway and interface endpoints are priced")];
    const zones = zonesOf(endpoint, plan);
    if (zones === undefined) return [notKnownYet(endpoint, label, "subnetIds")];
    const { minimum, maximum } = zones;
    return [
      charge(prices, endpoint, {
        what: `${label}: interface in ${minimum === maximum ? maximum : `${minimum}-${maximum}`} AZ`,
        quantity: times(zones, exactly(HOURS_PER_MONTH)),
        priceKey: "vpc-interface-endpoint-hour",
        ...(minimum === maximum ? {} : { pendingInput: "subnetIds" }),
      }),
      charge(prices, endpoint, {
        what: `${label}: data`,
        quantity: usage.interfaceEndpointGigabytes,
        priceKey: "vpc-interface-endpoint-data",
        assumptions: ["interfaceEndpointGigabytes"],
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
      assumptions: ["natGigabytes"],
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

/**
 * Zones in which an endpoint has an address. While the list of its subnets is unknown (a remote component made them): at
 * least one, and at most one for each subnet of the stack.
 */
function zonesOf(endpoint: PlannedResource, plan: PlanIndex): Range | undefined {
  const subnets = listAt(endpoint.inputs, "subnetIds");
  if (subnets !== NOT_KNOWN_YET) return exactly(subnets.length);
  const all = plan.ofType("aws:ec2/subnet:Subnet").length;
  return all === 0 ? undefined : rangeOf({ minimum: 1, expected: all, maximum: all });
}
