import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import { layOutSubnets, type PlacedSubnet, type SubnetSpec } from "./subnet-layout";

/** Arguments of awsx.ec2.Vpc as they arrive over the wire: `Input`s may hold unknowns and secrets in their wire form. */
interface VpcInputs {
  readonly assignGeneratedIpv6CidrBlock?: boolean;
  readonly availabilityZoneCidrMask?: number;
  readonly availabilityZoneNames?: readonly string[];
  readonly cidrBlock?: string;
  readonly enableDnsHostnames?: boolean;
  readonly enableDnsSupport?: boolean;
  readonly enableNetworkAddressUsageMetrics?: boolean;
  readonly instanceTenancy?: string;
  readonly natGateways?: { readonly strategy: string; readonly elasticIpAllocationIds?: readonly string[] };
  readonly numberOfAvailabilityZones?: number;
  readonly region?: string;
  readonly subnetSpecs?: readonly SubnetSpec[];
  readonly subnetStrategy?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly vpcEndpointSpecs?: readonly VpcEndpointSpec[];
  readonly vpcEndpointStrategy?: string;
}

/** The options that are laid out here; any other is an error, because it would be left out of the plan. */
export const LAID_OUT_OPTIONS: ReadonlySet<string> = new Set<keyof VpcInputs>([
  "assignGeneratedIpv6CidrBlock",
  "availabilityZoneCidrMask",
  "availabilityZoneNames",
  "cidrBlock",
  "enableDnsHostnames",
  "enableDnsSupport",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
  "natGateways",
  "numberOfAvailabilityZones",
  "region",
  "subnetSpecs",
  "subnetStrategy",
  "tags",
  "vpcEndpointSpecs",
  "vpcEndpointStrategy",
]);

type VpcEndpointSpec = Omit<ec2.VpcEndpointArgs, "vpcId"> & { readonly serviceName: string };

interface Built {
  readonly name: string;
  readonly args: VpcInputs;
  readonly vpc: ec2.Vpc;
  readonly sharedTags: Record<string, string>;
  readonly nat: NatStrategy;
}

type NatStrategy = "None" | "Single" | "OnePerAz";
const NAT_STRATEGIES: readonly string[] = ["None", "Single", "OnePerAz"];

/** awsx makes the subnets of a zone in this order, so that NAT gateways stand before who needs them. */
const CREATION_ORDER = ["Public", "Private", "Isolated"];
/** @default of awsx */
const ZONE_COUNT = 3;

/**
 * Registers what awsx.ec2.Vpc makes in the cloud, below the component, and returns the component's outputs. Names,
 * parents and inputs are those of @pulumi/awsx 3.9.
 *
 * @throws Error for what awsx rejects, and for the options that are not laid out here (IPAM, IPv6 ranges)
 */
export function expandVpc(
  { urn, name, wireInputs }: { urn: string; name: string; wireInputs: Readonly<Record<string, unknown>> },
  zonesOfRegion: readonly string[],
): Record<string, unknown> {
  const args = wireInputs as VpcInputs;
  for (const option of Object.keys(wireInputs).filter((key) => wireInputs[key] !== undefined)) {
    if (!LAID_OUT_OPTIONS.has(option))
      throw new Error(`${name}: the planner does not lay out awsx.ec2.Vpc's ${option}`);
  }
  const zones = zoneNames(name, args, zonesOfRegion);
  const nat = natStrategy(name, args);
  const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
  const layout = layOutSubnets({
    vpcName: name,
    cidrBlock,
    zones,
    specs: args.subnetSpecs,
    strategy: args.subnetStrategy,
    zoneCidrMask: args.availabilityZoneCidrMask,
  });
  rejectIdleNat(name, nat, layout);

  const sharedTags = { Name: name, ...args.tags };
  const vpc = new ec2.Vpc(
    name,
    {
      assignGeneratedIpv6CidrBlock: args.assignGeneratedIpv6CidrBlock,
      cidrBlock,
      enableDnsHostnames: args.enableDnsHostnames,
      enableDnsSupport: args.enableDnsSupport,
      enableNetworkAddressUsageMetrics: args.enableNetworkAddressUsageMetrics,
      instanceTenancy: args.instanceTenancy,
      region: args.region,
      tags: sharedTags,
    },
    { parent: new pulumi.DependencyResource(urn) },
  );
  return buildNetwork({ name, args, vpc, sharedTags, nat }, zones, layout);
}

function buildNetwork(built: Built, zones: readonly string[], layout: readonly PlacedSubnet[]) {
  const { name, vpc, sharedTags, args } = built;
  // awsx makes it in every network; without a public subnet no route leads to it.
  const internetGateway = new ec2.InternetGateway(name, { vpcId: vpc.id, tags: sharedTags }, below(vpc));
  const parts = { natGateways: [] as ec2.NatGateway[], eips: [] as ec2.Eip[], routes: [] as ec2.Route[] };
  const subnets = zones.flatMap((zone, zoneIndex) =>
    CREATION_ORDER.flatMap((type) => layout.filter((spec) => spec.zone === zone && spec.type === type)).map(
      (spec) => {
        const subnet = createSubnet(built, spec);
        if (spec.type === "Public") createNat(built, subnet.subnet, zoneIndex, parts);
        createDefaultRoute(built, { ...subnet, spec, zoneIndex }, internetGateway, parts);
        return { ...subnet, spec };
      },
    ),
  );
  const ofType = (type: string) =>
    subnets.filter(({ spec }) => spec.type === type).map(({ subnet }) => subnet);
  const idsOf = (type: string) => ofType(type).map(({ id }) => id);
  return {
    vpc,
    vpcId: vpc.id,
    internetGateway,
    ...parts,
    subnets: subnets.map(({ subnet }) => subnet),
    routeTables: subnets.map(({ routeTable }) => routeTable),
    routeTableAssociations: subnets.map(({ association }) => association),
    isolatedSubnetIds: idsOf("Isolated"),
    privateSubnetIds: idsOf("Private"),
    publicSubnetIds: idsOf("Public"),
    isolatedSubnets: ofType("Isolated"),
    privateSubnets: ofType("Private"),
    publicSubnets: ofType("Public"),
    subnetLayout: (args.subnetSpecs ?? []).map((spec) => ({ ...spec })),
    vpcEndpoints: createEndpoints(built),
  };
}

function createSubnet({ vpc, sharedTags, args }: Built, spec: PlacedSubnet) {
  const ownTags = { Name: spec.subnetName, SubnetType: spec.type };
  const subnet = new ec2.Subnet(
    spec.subnetName,
    {
      vpcId: vpc.id,
      availabilityZone: spec.zone,
      mapPublicIpOnLaunch: spec.type === "Public",
      cidrBlock: spec.cidrBlock,
      assignIpv6AddressOnCreation: spec.assignIpv6AddressOnCreation,
      region: args.region,
      tags: { ...sharedTags, ...spec.tags, ...ownTags },
    },
    below(vpc),
  );
  const routeTable = new ec2.RouteTable(
    spec.subnetName,
    { vpcId: vpc.id, region: args.region, tags: { ...sharedTags, ...ownTags } },
    below(subnet),
  );
  const association = new ec2.RouteTableAssociation(
    spec.subnetName,
    { routeTableId: routeTable.id, subnetId: subnet.id, region: args.region },
    below(routeTable),
  );
  return { subnet, routeTable, association };
}

interface NatParts {
  readonly natGateways: ec2.NatGateway[];
  readonly eips: ec2.Eip[];
  readonly routes: ec2.Route[];
}

function createNat({ name, args, nat }: Built, subnet: ec2.Subnet, zoneIndex: number, parts: NatParts): void {
  const gatewayCount = { None: 0, Single: 1, OnePerAz: zoneIndex + 1 }[nat];
  if (parts.natGateways.length >= gatewayCount) return;
  const natName = `${name}-${zoneIndex + 1}`;
  const tags = { ...args.tags, Name: natName };
  const given = args.natGateways?.elasticIpAllocationIds ?? [];
  let allocationId: pulumi.Input<string> | undefined = given[zoneIndex];
  if (given.length === 0) {
    const eip = new ec2.Eip(natName, { tags }, below(subnet));
    parts.eips.push(eip);
    allocationId = eip.allocationId;
  }
  parts.natGateways.push(
    new ec2.NatGateway(natName, { subnetId: subnet.id, allocationId, tags }, below(subnet)),
  );
}

/** Public subnets reach the internet, private ones through a NAT gateway, isolated ones have no route out. */
function createDefaultRoute(
  { nat }: Built,
  { spec, routeTable, zoneIndex }: { spec: PlacedSubnet; routeTable: ec2.RouteTable; zoneIndex: number },
  internetGateway: ec2.InternetGateway,
  { natGateways, routes }: NatParts,
): void {
  const natGateway = nat === "Single" ? natGateways[0] : natGateways[zoneIndex];
  const target =
    spec.type === "Public"
      ? { gatewayId: internetGateway.id }
      : spec.type === "Private" && natGateway
        ? { natGatewayId: natGateway.id }
        : undefined;
  if (!target) return;
  routes.push(
    new ec2.Route(
      spec.subnetName,
      { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", ...target },
      below(routeTable),
    ),
  );
}

function createEndpoints({ name, args, vpc, sharedTags }: Built): ec2.VpcEndpoint[] {
  if (args.vpcEndpointSpecs?.length && args.vpcEndpointStrategy === "Auto") {
    throw new Error(`${name}: the planner lays out the VPC endpoint strategy Legacy only`);
  }
  return (args.vpcEndpointSpecs ?? []).map(
    ({ tags, ...spec }) =>
      new ec2.VpcEndpoint(
        spec.serviceName,
        { ...spec, vpcId: vpc.id, tags: pulumi.output(tags).apply((own) => ({ ...sharedTags, ...own })) },
        below(vpc),
      ),
  );
}

function zoneNames(name: string, args: VpcInputs, zonesOfRegion: readonly string[]): readonly string[] {
  if (args.availabilityZoneNames && args.numberOfAvailabilityZones) {
    throw new Error(`${name}: only one of availabilityZoneNames and numberOfAvailabilityZones can be given`);
  }
  if (args.availabilityZoneNames) return args.availabilityZoneNames;
  const count = args.numberOfAvailabilityZones ?? ZONE_COUNT;
  if (zonesOfRegion.length < count) {
    throw new Error(`${name}: the region has ${zonesOfRegion.length} availability zones, not ${count}`);
  }
  return zonesOfRegion.slice(0, count);
}

function natStrategy(name: string, { natGateways }: VpcInputs): NatStrategy {
  const strategy = natGateways?.strategy ?? "OnePerAz";
  if (!NAT_STRATEGIES.includes(strategy)) {
    throw new Error(`${name}: natGateways.strategy is "${strategy}"; allowed: ${NAT_STRATEGIES.join(", ")}`);
  }
  return strategy as NatStrategy;
}

function rejectIdleNat(name: string, nat: NatStrategy, layout: readonly PlacedSubnet[]): void {
  const types = new Set(layout.map(({ type }) => type));
  if (nat === "None" || (types.has("Public") && types.has("Private"))) return;
  throw new Error(
    `${name}: NAT gateways (${nat}) need public subnets to stand in and private subnets to serve`,
  );
}

function below(parent: pulumi.Resource): pulumi.CustomResourceOptions {
  return { parent, dependsOn: [parent] };
}
