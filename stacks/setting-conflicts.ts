import { overlaps, parseCidr, subnetPrefixLength } from "../components/cidr";
import type { Settings } from "./settings-schema";

/** Smallest subnet that holds Studio (2 to 4 addresses a user), the jobs' instances and the endpoints of one zone. */
const SUBNET_PREFIX_LENGTH_MAX = 26;
/** AWS: a VPC is a /16 to a /28. */
const VPC_PREFIX_LENGTH_MIN = 16;

/** The range of Docker's bridge, which SageMaker's own hosts use (AWS VPC user guide, "VPC CIDR blocks"). */
const DOCKER_NETWORK = "172.17.0.0/16";

/** @param stack name of the stack, when it is known */
type Rule = (settings: Settings, stack?: string) => string | undefined;

const RULES: readonly Rule[] = [
  ({ environment }, stack) =>
    (stack === "dev" || stack === "prod") && stack !== environment
      ? `smartretail:environment is "${environment}" in the stack ${stack}; allowed: ${stack}`
      : undefined,
  ({ vpcCidr }) => {
    const vpc = parseCidr(vpcCidr);
    const docker = parseCidr(DOCKER_NETWORK);
    return vpc && docker && overlaps(vpc, docker)
      ? `smartretail:vpcCidr is "${vpcCidr}"; allowed: a network beside ${DOCKER_NETWORK}, which SageMaker uses itself`
      : undefined;
  },
  ({ processingImageUri, region }) => {
    const imageRegion = processingImageUri.split(".")[3];
    return imageRegion === undefined || imageRegion === region
      ? undefined
      : `smartretail:processingImageUri is in ${imageRegion}; allowed: an image in ${region} (aws:region), the only region that jobs pull from`;
  },
  ({ alertEmails }) => repeated("alertEmails", alertEmails),
  ({ deployerRoleNames }) => repeated("deployerRoleNames", deployerRoleNames),
  ({ breakGlassRoleNames }) => repeated("breakGlassRoleNames", breakGlassRoleNames),
  ({ auditorRoleNames }) => repeated("auditorRoleNames", auditorRoleNames),
  ({ permissionsBoundaryArn, allowedAccountIds }) => {
    const account = permissionsBoundaryArn.split(":")[4];
    return account === undefined || allowedAccountIds.includes(account)
      ? undefined
      : `smartretail:permissionsBoundaryArn is a policy of account ${account}; allowed: a policy of ${allowedAccountIds.join(", ")} (aws:allowedAccountIds)`;
  },
  ({ studioInstanceTypes }) => repeated("studioInstanceTypes", studioInstanceTypes),
  ({ jobInstanceTypes }) => repeated("jobInstanceTypes", jobInstanceTypes),
  (settings) => {
    const keys = [
      "shardInstanceType",
      "pipelineInstanceType",
      "transformInstanceType",
      "trainingInstanceType",
    ] as const;
    const key = keys.find((name) => !settings.jobInstanceTypes.includes(settings[name]));
    return key === undefined
      ? undefined
      : `smartretail:${key} is "${settings[key]}"; allowed: one of smartretail:jobInstanceTypes (${settings.jobInstanceTypes.join(", ")})`;
  },
  ({ budgetAlertPercents }) => repeated("budgetAlertPercents", budgetAlertPercents.map(String)),
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
  ({ apiAccess, interfaceEndpoints }) =>
    apiAccess === "private" && !interfaceEndpoints.includes("execute-api")
      ? 'smartretail:apiAccess is "private"; allowed with execute-api among smartretail:interfaceEndpoints: nobody could call the API'
      : undefined,
  ({ forecastWarmInstances, functionConcurrency }) =>
    forecastWarmInstances > functionConcurrency
      ? `smartretail:forecastWarmInstances is ${forecastWarmInstances}; allowed: at most smartretail:functionConcurrency (${functionConcurrency})`
      : undefined,
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
  ({ latencyP99Milliseconds: ofModel, apiLatencyP99Milliseconds: ofAnswer }) =>
    ofModel >= ofAnswer
      ? `smartretail:latencyP99Milliseconds is ${ofModel}; allowed: less than smartretail:apiLatencyP99Milliseconds (${ofAnswer}), which the model's time is a part of`
      : undefined,
  ({ hostingMode, serverlessProvisionedConcurrency: kept }) =>
    hostingMode === "realtime" && kept > 0
      ? `smartretail:serverlessProvisionedConcurrency is ${kept}; allowed: 0 while smartretail:hostingMode is "realtime", whose instances are always warm`
      : undefined,
  ({ hostingMode, concurrentRequestsPerInstance: requests }) =>
    hostingMode === "serverless" && requests > 0
      ? `smartretail:concurrentRequestsPerInstance is ${requests}; allowed: 0 while smartretail:hostingMode is "serverless", which has no instances`
      : undefined,
  ({ serverlessProvisionedConcurrency: kept, serverlessMaxConcurrency: most }) =>
    kept > most
      ? `smartretail:serverlessProvisionedConcurrency is ${kept}; allowed: at most smartretail:serverlessMaxConcurrency (${most})`
      : undefined,
  ({ serverlessProvisionedConcurrencyMax: scaled, serverlessMaxConcurrency: most }) =>
    scaled > most
      ? `smartretail:serverlessProvisionedConcurrencyMax is ${scaled}; allowed: at most smartretail:serverlessMaxConcurrency (${most})`
      : undefined,
  ({ serverlessProvisionedConcurrency: kept, serverlessProvisionedConcurrencyMax: scaled }) => {
    if (scaled === 0 || (kept > 0 && scaled >= kept)) return undefined;
    return kept === 0
      ? `smartretail:serverlessProvisionedConcurrencyMax is ${scaled}; allowed: 0 while smartretail:serverlessProvisionedConcurrency is 0: there is nothing to scale up from`
      : `smartretail:serverlessProvisionedConcurrencyMax is ${scaled}; allowed: 0, or at least smartretail:serverlessProvisionedConcurrency (${kept})`;
  },
  ({ protectData, emptyBucketsOnDestroy }) =>
    protectData && emptyBucketsOnDestroy
      ? "smartretail:emptyBucketsOnDestroy is true; allowed: false while smartretail:protectData is true"
      : undefined,
];

/** One line per pair of settings that cannot both hold; empty when all fit. */
export function settingConflicts(settings: Settings, stack?: string): string[] {
  return RULES.map((rule) => rule(settings, stack)).filter((line) => line !== undefined);
}

function repeated(key: string, values: readonly string[]): string | undefined {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  return twice === undefined ? undefined : `smartretail:${key} names "${twice}" twice; allowed: once`;
}
