import { parseCidr, subnetPrefixLength } from "../components/cidr";
import type { Settings } from "./settings";

/** Smallest subnet that holds Studio (2 to 4 addresses a user), the jobs' instances and the endpoints of one zone. */
const SUBNET_PREFIX_LENGTH_MAX = 26;
/** AWS: a VPC is a /16 to a /28. */
const VPC_PREFIX_LENGTH_MIN = 16;

type Rule = (settings: Settings) => string | undefined;

const RULES: readonly Rule[] = [
  ({ vpcCidr, availabilityZoneCount }) => {
    const vpc = parseCidr(vpcCidr);
    if (!vpc || vpc.prefixLength < VPC_PREFIX_LENGTH_MIN) {
      return `smartretail:vpcCidr is "${vpcCidr}"; allowed: a /${VPC_PREFIX_LENGTH_MIN} or a smaller network`;
    }
    if (subnetPrefixLength(vpc, availabilityZoneCount) <= SUBNET_PREFIX_LENGTH_MAX) return undefined;
    const largest = SUBNET_PREFIX_LENGTH_MAX - Math.ceil(Math.log2(availabilityZoneCount));
    return `smartretail:vpcCidr is "${vpcCidr}"; allowed for ${availabilityZoneCount} availability zones: a /${largest} or a larger network (a /${SUBNET_PREFIX_LENGTH_MAX} subnet per zone)`;
  },
  ({ interfaceEndpointZoneCount, availabilityZoneCount }) =>
    interfaceEndpointZoneCount > availabilityZoneCount
      ? `smartretail:interfaceEndpointZoneCount is ${interfaceEndpointZoneCount}; allowed: at most smartretail:availabilityZoneCount (${availabilityZoneCount})`
      : undefined,
  ({ interfaceEndpoints }) => repeated("interfaceEndpoints", interfaceEndpoints),
  ({ studioUserProfiles }) =>
    repeated(
      "studioUserProfiles",
      studioUserProfiles.map(({ name }) => name),
    ),
  ({ championWeight, challengerWeight }) =>
    challengerWeight > championWeight
      ? `smartretail:challengerWeight is ${challengerWeight}; allowed: at most smartretail:championWeight (${championWeight})`
      : undefined,
  ({ variantMinInstances, variantMaxInstances }) =>
    variantMaxInstances < variantMinInstances
      ? `smartretail:variantMaxInstances is ${variantMaxInstances}; allowed: at least smartretail:variantMinInstances (${variantMinInstances})`
      : undefined,
  ({ protectData, emptyBucketsOnDestroy }) =>
    protectData && emptyBucketsOnDestroy
      ? "smartretail:emptyBucketsOnDestroy is true; allowed: false while smartretail:protectData is true"
      : undefined,
];

/** One line per pair of settings that cannot both hold; empty when all fit. */
export function settingConflicts(settings: Settings): string[] {
  return RULES.map((rule) => rule(settings)).filter((line) => line !== undefined);
}

function repeated(key: string, values: readonly string[]): string | undefined {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  return twice === undefined ? undefined : `smartretail:${key} names "${twice}" twice; allowed: once`;
}
