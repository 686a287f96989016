export interface Cidr {
  /** Network address as an unsigned 32-bit number. */
  readonly network: number;
  readonly prefixLength: number;
}

/** The IPv4 network that `text` names, or undefined when it is none or has bits set beyond its prefix. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefixLength > 32) return undefined;
  const network = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const size = 2 ** (32 - prefixLength);
  return network % size === 0 ? { network, prefixLength } : undefined;
}

/** Prefix length of `count` equal subnets that fill a network: 2 or 3 subnets of a /16 are /17 and /18. */
export function subnetPrefixLength(vpc: Cidr, count: number): number {
  return vpc.prefixLength + Math.ceil(Math.log2(count));
}
