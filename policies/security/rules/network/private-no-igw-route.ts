import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { isEverywhere } from "./security-group-rules";

const ROUTE = "aws:ec2/route:Route";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const SUBNET = "aws:ec2/subnet:Subnet";

export const privateNoIgwRoute: StackRule = {
  id: "private-no-igw-route",
  title: "Only public subnets have a route to an internet gateway",
  severity: "medium",
  rationale: "One route turns a private subnet into a public one without a change to the subnet itself.",
  controls: ["VPCNoUnrestrictedRouteToIGW", "guard:no_unrestricted_route_to_igw"],
  inspects: {
    [ROUTE]: ["gatewayId", "destinationCidrBlock", "destinationIpv6CidrBlock"],
    [TABLE]: ["routes"],
    [SUBNET]: ["tags", "mapPublicIpOnLaunch"],
  },
  remedy: "Remove the route, or tag the subnet as public (option publicTag).",
  options: {
    publicTag: {
      type: "string",
      description: "Tag and value, as key=value, of subnets that may be public.",
      default: "SubnetType=Public",
    },
  },
  checkStack: (stack) => {
    for (const route of stack.ofType(ROUTE)) {
      const open = ["destinationCidrBlock", "destinationIpv6CidrBlock"].some((key) =>
        isEverywhere(String(route.at(key).known ?? "")),
      );
      if (
        open &&
        route.at("gatewayId").isSet &&
        !isPublic(stack, stack.targets(route, "routeTableId", TABLE))
      ) {
        route.fail("a private subnet has a route to the internet", "gatewayId");
      }
    }
    for (const table of stack.ofType(TABLE)) {
      for (const route of table.at("routes").items()) {
        const open = ["cidrBlock", "ipv6CidrBlock"].some((key) =>
          isEverywhere(String(route.at(key).known ?? "")),
        );
        if (open && route.at("gatewayId").isSet && !isPublic(stack, [table]))
          route.fail("a private subnet has a route to the internet");
      }
    }
  },
};

/**
 * Whether every subnet behind the tables is meant to be public: by its tag, or because what starts there gets a public
 * address, which is another rule's matter. A table without subnets is nobody's route.
 */
function isPublic(stack: StackCheck, tables: readonly ResourceCheck[]): boolean {
  const [key = "", value] = stack.option<string>("publicTag").split("=");
  const subnets = tables
    .flatMap((table) => stack.referring(table, ASSOCIATION, "routeTableId"))
    .flatMap((association) => stack.targets(association, "subnetId", SUBNET));
  return (
    subnets.length > 0 &&
    subnets.every(
      (subnet) => subnet.at(`tags.${key}`).known === value || subnet.at("mapPublicIpOnLaunch").known === true,
    )
  );
}
