import type { PlannedResource } from "../../../../policies/cost/pricing/planned-resource";

/** A planned resource with only what a case is about; the URN follows from type and name. */
export function planned(
  type: string,
  name: string,
  inputs: Record<string, unknown> = {},
  propertyDependencies: Record<string, readonly string[]> = {},
): PlannedResource {
  return { urn: urnOf(type, name), type, name, inputs, propertyDependencies };
}

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:prod::smartretail::${type}::${name}`;
}

export const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
export const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
export const TARGET = "aws:appautoscaling/target:Target";
export const MACHINE = "aws:sfn/stateMachine:StateMachine";
export const SCHEDULE = "aws:scheduler/schedule:Schedule";

/** An endpoint with two variants of `count` ml.m5.large, each with a scaling target from 1 to `maximum`. */
export function splitEndpoint(count: number, maximum: number): PlannedResource[] {
  const variants = ["champion", "challenger"];
  return [
    planned(
      ENDPOINT,
      "forecast",
      { name: "forecast", endpointConfigName: { $unknown: true } },
      { endpointConfigName: [urnOf(CONFIGURATION, "forecast")] },
    ),
    planned(CONFIGURATION, "forecast", {
      productionVariants: variants.map((variantName) => ({
        variantName,
        instanceType: "ml.m5.large",
        initialInstanceCount: count,
      })),
    }),
    ...variants.map((variant) =>
      planned(TARGET, `forecast-${variant}`, {
        resourceId: `endpoint/forecast/variant/${variant}`,
        minCapacity: 1,
        maxCapacity: maximum,
      }),
    ),
  ];
}

/** A definition with the given states, the first one first. */
export function definition(states: Record<string, unknown>): string {
  return JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
}

export function trainingTask(overrides: {
  instanceType?: string;
  instanceCount?: number;
  maxRuntimeSeconds?: number;
  spot?: boolean;
  next?: string;
}): Record<string, unknown> {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
    Parameters: {
      ResourceConfig: {
        InstanceType: overrides.instanceType ?? "ml.m5.2xlarge",
        InstanceCount: overrides.instanceCount ?? 1,
        VolumeSizeInGB: 0,
      },
      StoppingCondition: { MaxRuntimeInSeconds: overrides.maxRuntimeSeconds ?? 3600 },
      EnableManagedSpotTraining: overrides.spot ?? false,
    },
    ...(overrides.next ? { Next: overrides.next } : { End: true }),
  };
}
