import type * as inputs from "@pulumi/aws/types/input";

export type EndpointDeployment = inputs.sagemaker.EndpointDeploymentConfig;

/** How a new configuration takes over from the old one, in seconds. */
const WAIT = {
  /** The canary serves alone for this long: three evaluations of the alarms. */
  canarySeconds: 300,
  /** The old fleet stays this long after the last shift, so that going back needs no new instances. */
  oldFleetSeconds: 600,
  /** Instances take some minutes to start; the waits have to fit in. */
  wholeUpdateSeconds: 3600,
};

/** SageMaker takes at most ten alarms. */
const ROLLBACK_ALARMS_MAX = 10;

/**
 * Blue/green with automatic rollback. The canary is one instance, and SageMaker wants it to be half of the variant at most:
 * with one instance a variant has no half, so everything moves at once and the old fleet waits.
 *
 * Rolling updates are no way out: SageMaker excludes them for endpoints with several variants.
 *
 * @param minInstances fewest instances of any variant; the live number may be higher, never lower
 * @throws Error when there is no alarm to watch, or more than SageMaker takes
 */
export function blueGreenDeployment(minInstances: number, alarmNames: readonly string[]): EndpointDeployment {
  if (alarmNames.length === 0 || alarmNames.length > ROLLBACK_ALARMS_MAX) {
    throw new Error(`${alarmNames.length} rollback alarms; allowed: 1 to ${ROLLBACK_ALARMS_MAX}`);
  }
  const trafficRoutingConfiguration =
    minInstances >= 2
      ? {
          type: "CANARY",
          canarySize: { type: "INSTANCE_COUNT", value: 1 },
          waitIntervalInSeconds: WAIT.canarySeconds,
        }
      : { type: "ALL_AT_ONCE", waitIntervalInSeconds: 0 };
  return {
    autoRollbackConfiguration: { alarms: alarmNames.map((alarmName) => ({ alarmName })) },
    blueGreenUpdatePolicy: {
      trafficRoutingConfiguration,
      terminationWaitInSeconds: WAIT.oldFleetSeconds,
      maximumExecutionTimeoutInSeconds: WAIT.wholeUpdateSeconds,
    },
  };
}

/** The same value as the SageMaker API spells it: every key with a capital first letter. */
export function asApi(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.charAt(0).toUpperCase() + key.slice(1), itemAsApi(item)]),
  );
}

function itemAsApi(item: unknown): unknown {
  if (Array.isArray(item)) return item.map(itemAsApi);
  return typeof item === "object" && item !== null ? asApi(item) : item;
}
