import { matchesGlob, type ResourceCheck, type Value } from "../../../kit";
import { jobStates } from "../job-states";
import {
  DATA_QUALITY_JOB,
  DOMAIN,
  ENDPOINT_CONFIGURATION,
  MONITORING_SCHEDULE,
  NOTEBOOK,
  SPACE,
  STATE_MACHINE,
  USER_PROFILE,
} from "../tokens";
import { valuesAt } from "../values-at";

const APPS = ["jupyterLabAppSettings", "codeEditorAppSettings", "kernelGatewayAppSettings"];
const studioPaths = (owner: string, apps = APPS): string[] =>
  apps.map((app) => `${owner}.${app}.defaultResourceSpec.instanceType`);

/** Where an instance type of Studio stands. Code Editor has no settings among the defaults of shared spaces. */
export const STUDIO_INSTANCE_PATHS = {
  [DOMAIN]: [
    ...studioPaths("defaultUserSettings"),
    ...studioPaths("defaultSpaceSettings", ["jupyterLabAppSettings", "kernelGatewayAppSettings"]),
  ],
  [USER_PROFILE]: studioPaths("userSettings"),
  [SPACE]: studioPaths("spaceSettings"),
};

/** Where an instance type of a hosted variant stands. */
export const ENDPOINT_INSTANCE_PATHS = {
  [ENDPOINT_CONFIGURATION]: [
    "productionVariants[*].instanceType",
    "shadowProductionVariants[*].instanceType",
  ],
};

/** Where an instance type of a monitoring job stands. */
export const MONITORING_INSTANCE_PATHS = {
  [DATA_QUALITY_JOB]: ["jobResources.clusterConfig.instanceType"],
  [MONITORING_SCHEDULE]: [
    "monitoringScheduleConfig.monitoringJobDefinition.monitoringResources.clusterConfig.instanceType",
  ],
};

/** Everywhere that a program of this platform can name an ML instance type. */
export const ALL_INSTANCE_PATHS: Readonly<Record<string, readonly string[]>> = {
  ...ENDPOINT_INSTANCE_PATHS,
  ...MONITORING_INSTANCE_PATHS,
  ...STUDIO_INSTANCE_PATHS,
  [NOTEBOOK]: ["instanceType"],
  [STATE_MACHINE]: ["definition"],
};

/** The instance types of a resource: at its property paths, or in its jobs when it is a state machine. */
export function instanceTypesOf(resource: ResourceCheck): Value[] {
  if (resource.type === STATE_MACHINE)
    return jobStates(resource)
      .filter((job) => job.state.origin(job.instanceTypePath) === "literal")
      .map((job) => job.state.argument(job.instanceTypePath));
  return (ALL_INSTANCE_PATHS[resource.type] ?? []).flatMap((path) => valuesAt(resource, path));
}

/** Fails for each instance type that no pattern of `allowed` matches. */
export function requireAllowed(values: readonly Value[], allowed: readonly string[]): void {
  for (const value of values)
    value.forbid<string>(
      "",
      (type) => !allowed.some((pattern) => matchesGlob(pattern, type)),
      `the instance type is not one of ${allowed.join(", ")}`,
    );
}
