import * as appautoscaling from "@pulumi/aws/appautoscaling";
import type * as pulumi from "@pulumi/pulumi";

export interface TargetTrackingArgs {
  readonly policyName: string;
  /** One of AWS's predefined metrics. */
  readonly predefinedMetricType: string;
  /** Value of the metric that is aimed at, in its own unit. */
  readonly targetValue: number;
  readonly cooldownSeconds: { readonly out: number; readonly in: number };
}

/** A policy that scales a target so that a predefined metric stays at a value. */
export function targetTracking(
  name: string,
  target: appautoscaling.Target,
  { policyName, predefinedMetricType, targetValue, cooldownSeconds }: TargetTrackingArgs,
  opts: pulumi.CustomResourceOptions,
): appautoscaling.Policy {
  return new appautoscaling.Policy(
    name,
    {
      name: policyName,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType },
        targetValue,
        scaleOutCooldown: cooldownSeconds.out,
        scaleInCooldown: cooldownSeconds.in,
      },
    },
    opts,
  );
}
