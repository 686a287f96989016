import type { Recording } from "../../preview/recorded-resource";
import {
  versionedName,
  type DesiredConfiguration,
  type EndpointControl,
} from "../../runtime/endpoints/endpoint-control";
import { endpointsOfPlan } from "./endpoints-of-plan";

interface Comparison {
  readonly endpointName: string;
  readonly status: string;
  /** Names of configurations. */
  readonly running: string;
  readonly desired: string;
  readonly isBehind: boolean;
}

/** What every endpoint of a plan runs, and what it should: what the last `pulumi up` made, with the live model. */
export function compareEndpoints(recording: Recording, control: EndpointControl): Promise<Comparison[]> {
  return Promise.all(
    endpointsOfPlan(recording).map(async ({ endpointName, desiredParameter }) => {
      const [{ status, configurationName: running }, configuration] = await Promise.all([
        control.describe(endpointName),
        control.readDesired(desiredParameter),
      ]);
      const desired = await wantedName(control, configuration);
      return { endpointName, status, running, desired, isBehind: running !== desired };
    }),
  );
}

/** The name under which a rollout would deploy it: where the configuration has the model, with the live version. */
async function wantedName(control: EndpointControl, desired: DesiredConfiguration): Promise<string> {
  if (desired.modelPointer === undefined) return desired.configurationName;
  const version = await control.readPointer(desired.modelPointer);
  const own = versionedName(desired.configurationName, version);
  const { configurationName } = await control.describeConfiguration(own).catch(() => desired);
  return configurationName;
}
