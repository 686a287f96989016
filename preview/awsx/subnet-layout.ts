import { parseCidr } from "../../components/cidr";

export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

/** What a program asks of every availability zone; the fields of awsx.ec2.Vpc's `subnetSpecs`. */
export interface SubnetSpec {
  readonly type: SubnetType;
  readonly name?: string;
  readonly cidrMask?: number;
  /** Addresses of the subnet, a power of two. */
  readonly size?: number;
  /** One block per zone: the layout is given, not computed. */
  readonly cidrBlocks?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly assignIpv6AddressOnCreation?: boolean;
}

export interface PlacedSubnet extends SubnetSpec {
  /** `<vpc>-<name or type>-<number of the zone>` */
  readonly subnetName: string;
  readonly zone: string;
  readonly cidrBlock: string;
}

export interface SubnetLayoutArgs {
  readonly vpcName: string;
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  readonly specs?: readonly SubnetSpec[];
  /** @default "Legacy", as awsx does */
  readonly strategy?: string;
  readonly zoneCidrMask?: number;
}

/** "Legacy" puts the types in this order in every zone, and makes no subnet larger than this unless asked to. */
const LEGACY = { Private: 19, Public: 20, Isolated: 24 } as const;
/** EC2 takes subnets from /16 to /28. */
const SMALLEST_SUBNET_PREFIX = 28;

/**
 * The subnets that awsx.ec2.Vpc makes of a network: every zone gets the same aligned share, filled in order with blocks
 * aligned to their own size.
 *
 * @throws Error when the subnets do not fit into their zone, or a strategy is asked for that is not laid out here
 */
export function layOutSubnets(args: SubnetLayoutArgs): PlacedSubnet[] {
  const { vpcName, zones, strategy = "Legacy" } = args;
  if (!["Legacy", "Auto", "Exact"].includes(strategy)) {
    throw new Error(
      `${vpcName}: the planner lays out the subnet strategies Legacy, Auto and Exact, not ${strategy}`,
    );
  }
  const vpc = parseCidr(args.cidrBlock);
  if (!vpc)
    throw new Error(
      `${vpcName}: cidrBlock is "${args.cidrBlock}"; allowed: an IPv4 network such as 10.0.0.0/16`,
    );
  const zonePrefix = args.zoneCidrMask ?? vpc.prefixLength + bitsFor(zones.length);
  const specs = orderedSpecs(args.specs ?? defaultSpecs(zonePrefix), strategy);
  const placed = zones.flatMap((zone, zoneIndex) => {
    const start = vpc.network + zoneIndex * addresses(zonePrefix);
    const blocks = specs.some(({ cidrBlocks }) => cidrBlocks)
      ? specs.map((spec) => explicitBlock(spec, vpcName, zoneIndex, zones.length))
      : fill(specs, { start, prefix: zonePrefix, zone, args, legacy: strategy === "Legacy" });
    return specs.map((spec, i) => ({
      ...spec,
      zone,
      subnetName: `${vpcName}-${spec.name ?? spec.type.toLowerCase()}-${zoneIndex + 1}`,
      cidrBlock: blocks[i] ?? "",
    }));
  });
  rejectOverlaps(placed);
  if (strategy === "Exact") rejectGaps(args, placed);
  return placed.filter(({ type }) => type !== "Unused");
}

function orderedSpecs(specs: readonly SubnetSpec[], strategy: string): SubnetSpec[] {
  if (strategy !== "Legacy") return [...specs];
  const order = Object.keys(LEGACY);
  return specs
    .filter(({ type }) => order.includes(type))
    .sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}

/** Without specs: half of the zone private, a quarter public. */
function defaultSpecs(zonePrefix: number): SubnetSpec[] {
  return [
    { type: "Private", cidrMask: zonePrefix + 1 },
    { type: "Public", cidrMask: zonePrefix + 2 },
  ];
}

interface Zone {
  readonly start: number;
  readonly prefix: number;
  readonly zone: string;
  readonly args: SubnetLayoutArgs;
  readonly legacy: boolean;
}

function fill(specs: readonly SubnetSpec[], { start, prefix, zone, args, legacy }: Zone): string[] {
  const end = start + addresses(prefix);
  let next = start;
  return specs.map((spec) => {
    const own =
      spec.cidrMask ??
      (spec.size ? 32 - bitsFor(spec.size) : defaultPrefix(spec.type, specs.length, prefix, legacy));
    const block = Math.ceil(next / addresses(own)) * addresses(own);
    next = block + addresses(own);
    if (next > end || own > SMALLEST_SUBNET_PREFIX) {
      const share = `${addresses(prefix)} addresses (/${prefix}) of ${args.cidrBlock}`;
      throw new Error(`${args.vpcName}: the subnets do not fit into the share of ${zone}, ${share}`);
    }
    return `${dotted(block)}/${own}`;
  });
}

function defaultPrefix(type: SubnetType, count: number, zonePrefix: number, legacy: boolean): number {
  if (!legacy || type === "Unused") return zonePrefix + bitsFor(count);
  return Math.max(zonePrefix + (count === 1 ? 0 : 1), LEGACY[type]);
}

function explicitBlock(spec: SubnetSpec, vpcName: string, zoneIndex: number, zoneCount: number): string {
  const block = spec.cidrBlocks?.[zoneIndex];
  if (block === undefined || spec.cidrBlocks?.length !== zoneCount) {
    throw new Error(
      `${vpcName}: cidrBlocks of the ${spec.type} subnets must have one block per zone (${zoneCount})`,
    );
  }
  if (!parseCidr(block)) throw new Error(`${vpcName}: "${block}" is no IPv4 network`);
  return block;
}

function rejectOverlaps(placed: readonly PlacedSubnet[]): void {
  const ranges = placed.map(rangeOf).sort((a, b) => a.start - b.start);
  ranges.forEach((range, i) => {
    const before = ranges[i - 1];
    if (before && before.end > range.start) {
      throw new Error(`the subnets ${before.subnetName} and ${range.subnetName} overlap`);
    }
  });
}

/** "Exact" wants the whole network accounted for, if need be with subnets of type Unused. */
function rejectGaps({ cidrBlock, vpcName }: SubnetLayoutArgs, placed: readonly PlacedSubnet[]): void {
  const vpc = rangeOf({ cidrBlock });
  const used = placed.map(rangeOf).reduce((sum, { start, end }) => sum + end - start, 0);
  if (used < vpc.end - vpc.start) {
    throw new Error(
      `${vpcName}: the subnets leave ${vpc.end - vpc.start - used} addresses of ${cidrBlock} unaccounted for`,
    );
  }
}

function rangeOf<T extends { readonly cidrBlock: string }>(subnet: T): T & { start: number; end: number } {
  const { network, prefixLength } = parseCidr(subnet.cidrBlock) ?? { network: 0, prefixLength: 32 };
  return { ...subnet, start: network, end: network + addresses(prefixLength) };
}

function bitsFor(count: number): number {
  return Math.ceil(Math.log2(Math.max(1, count)));
}

function addresses(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
