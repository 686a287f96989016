import {
  EndpointControlError,
  type EndpointControl,
  type EndpointConfiguration,
  type EndpointState,
  type DesiredConfiguration,
} from "./endpoint-control";

export interface RollOutOptions {
  /** Waits that many milliseconds; an argument, so that a simulation does not wait. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** @default 15000 */
  readonly pollMilliseconds?: number;
  /** Longest wait for the update. @default 7200000: twice what the deployment configuration allows it */
  readonly timeoutMilliseconds?: number;
  readonly onProgress?: (state: EndpointState) => void;
}

export interface RollOut {
  /** `unchanged`: already running it. `rolled-back`: SageMaker went back to the old configuration. */
  readonly outcome: "unchanged" | "updated" | "rolled-back";
  readonly before: EndpointState;
  readonly after: EndpointState;
  /** Variants whose scaling was taken off for a change of the instance type, and put back. */
  readonly rescaledVariants: readonly string[];
}

/**
 * Brings an endpoint to the configuration that Pulumi wants, without touching the traffic split or the number of instances,
 * and looks afterwards what really runs: SageMaker answers InService after a rollback too.
 *
 * @throws EndpointControlError when the update cannot start, or ends in a state that a person has to look at
 */
export async function rollOut(
  control: EndpointControl,
  endpointName: string,
  desiredByProgram: DesiredConfiguration,
  options: RollOutOptions,
): Promise<RollOut> {
  const before = await control.describe(endpointName);
  const desired = await withLiveModel(control, desiredByProgram);
  if (before.configurationName === desired.configurationName) {
    return { outcome: "unchanged", before, after: before, rescaledVariants: [] };
  }
  if (before.status !== "InService") {
    throw new EndpointControlError(
      `endpoint ${endpointName} is ${before.status}; a rollout needs it InService`,
    );
  }
  const [from, to] = await Promise.all([
    control.describeConfiguration(before.configurationName),
    control.describeConfiguration(desired.configurationName),
  ]);
  checkVariants(endpointName, from, to);

  const released = await control.releaseScaling(endpointName, movedVariants(from, to));
  const after = await control
    .startUpdate(endpointName, desired)
    .then(() => waitForEnd(control, endpointName, options))
    .finally(() => control.restoreScaling(endpointName, released));
  if (after.status !== "InService") {
    throw new EndpointControlError(
      `endpoint ${endpointName} is ${after.status}${after.failureReason === undefined ? "" : `: ${after.failureReason}`}`,
    );
  }
  return {
    outcome: after.configurationName === desired.configurationName ? "updated" : "rolled-back",
    before,
    after,
    rescaledVariants: released.map(({ variantName }) => variantName),
  };
}

/** A multi-model variant takes the version from each request; where the configuration has it, the pointer decides. */
async function withLiveModel(
  control: EndpointControl,
  desired: DesiredConfiguration,
): Promise<DesiredConfiguration> {
  if (desired.modelPointer === undefined) return desired;
  const version = await control.readPointer(desired.modelPointer);
  return {
    ...desired,
    configurationName: await control.withModelVersion(desired.configurationName, version),
  };
}

/** Retained weights and counts belong to names; a guarded update with other names is rejected by SageMaker. */
function checkVariants(endpointName: string, from: EndpointConfiguration, to: EndpointConfiguration): void {
  const names = ({ variants }: EndpointConfiguration) =>
    variants
      .map(({ name }) => name)
      .sort()
      .join(", ");
  if (names(from) !== names(to)) {
    throw new EndpointControlError(
      `endpoint ${endpointName} runs the variants ${names(from)}; configuration ${to.configurationName} has ${names(to)}, and an update cannot rename them`,
    );
  }
}

/** Variants that get another instance type. */
function movedVariants(from: EndpointConfiguration, to: EndpointConfiguration): string[] {
  const types = new Map(from.variants.map(({ name, instanceType }) => [name, instanceType]));
  return to.variants
    .filter(({ name, instanceType }) => types.get(name) !== instanceType)
    .map(({ name }) => name);
}

async function waitForEnd(
  control: EndpointControl,
  endpointName: string,
  { sleep, pollMilliseconds = 15_000, timeoutMilliseconds = 7_200_000, onProgress }: RollOutOptions,
): Promise<EndpointState> {
  for (let waited = 0; waited <= timeoutMilliseconds; waited += pollMilliseconds) {
    const state = await control.describe(endpointName);
    onProgress?.(state);
    if (!["Updating", "SystemUpdating", "RollingBack"].includes(state.status)) return state;
    await sleep(pollMilliseconds);
  }
  throw new EndpointControlError(
    `endpoint ${endpointName} is still being updated after ${timeoutMilliseconds / 60_000} minutes; look at it before the next rollout`,
  );
}
