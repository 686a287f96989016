interface Cidr {
  /** Network address as an unsigned 32-bit number. */
  readonly network: number;
  readonly prefixLength: number;
}

/** Numbers without leading zeros: some readers take 010 for eight. */
const OCTET = String.raw`(0|[1-9]\d{0,2})`;
const CIDR = new RegExp(String.raw`^${OCTET}\.${OCTET}\.${OCTET}\.${OCTET}/(0|[1-9]\d?)$`);

/** The IPv4 network that `text` names, or undefined when it is none or has bits set beyond its prefix. */
export function parseCidr(text: string): Cidr | undefined {
  const match = CIDR.exec(text);
  if (!match) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefixLength > 32) return undefined;
  const network = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const size = 2 ** (32 - prefixLength);
  return network % size === 0 ? { network, prefixLength } : undefined;
}

/** Networks that no address of the internet is in: RFC 1918, and RFC 6598's shared space, which AWS allows too. */
export const PRIVATE_NETWORKS: readonly Cidr[] = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "172.16.0.0/12",
  "192.168.0.0/16",
].flatMap((text) => parseCidr(text) ?? []);

/** Prefix length of `count` equal subnets that fill a network: 2 or 3 subnets of a /16 are /17 and /18. */
export function subnetPrefixLength(vpc: Cidr, count: number): number {
  return vpc.prefixLength + Math.ceil(Math.log2(count));
}

/** Whether the two networks have an address in common. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  const size = 2 ** (32 - Math.min(a.prefixLength, b.prefixLength));
  return Math.floor(a.network / size) === Math.floor(b.network / size);
}

/** Whether every address of `inner` is one of `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.prefixLength <= inner.prefixLength && overlaps(outer, inner);
}
