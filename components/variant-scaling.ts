import * as pulumi from "@pulumi/pulumi";
import * as appautoscaling from "@pulumi/aws/appautoscaling";

export interface VariantScalingArgs {
  /** Physical name of the endpoint. */
  readonly endpointName: string;
  readonly variantName: string;
  /** At least 1: a variant of instances cannot scale to zero. */
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Invocations per instance and minute that scaling aims at. */
  readonly invocationsPerInstancePerMinute: number;
}

/** Scaling in is slower than out: an instance that goes takes its loaded models with it. */
const COOLDOWN_SECONDS = { out: 60, in: 600 };

const SERVICE = {
  serviceNamespace: "sagemaker",
  scalableDimension: "sagemaker:variant:DesiredInstanceCount",
} as const;

/** Stable as long as the names of the endpoint and the variant are; the endpoint's configuration may change under it. */
export function variantResourceId(endpointName: string, variantName: string): string {
  return `endpoint/${endpointName}/variant/${variantName}`;
}

/**
 * Scaling of one production variant by invocations per instance. Each variant has its own: a change of the traffic split
 * moves load from one to the other.
 */
export class VariantScaling extends pulumi.ComponentResource {
  /** @throws Error naming the bounds that Application Auto Scaling would reject */
  constructor(name: string, args: VariantScalingArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("smartretail:serving:VariantScaling", name, args, opts);
    validateArgs(args);
    const target = new appautoscaling.Target(
      `${name}-target`,
      {
        ...SERVICE,
        resourceId: variantResourceId(args.endpointName, args.variantName),
        minCapacity: args.minInstances,
        maxCapacity: args.maxInstances,
      },
      { parent: this, dependsOn: opts.dependsOn },
    );
    new appautoscaling.Policy(
      `${name}-policy`,
      {
        name: `${args.endpointName}-${args.variantName}-invocations`,
        policyType: "TargetTrackingScaling",
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          predefinedMetricSpecification: {
            predefinedMetricType: "SageMakerVariantInvocationsPerInstance",
          },
          targetValue: args.invocationsPerInstancePerMinute,
          scaleOutCooldown: COOLDOWN_SECONDS.out,
          scaleInCooldown: COOLDOWN_SECONDS.in,
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

function validateArgs({
  variantName,
  minInstances,
  maxInstances,
  invocationsPerInstancePerMinute,
}: VariantScalingArgs): void {
  if (!Number.isInteger(minInstances) || minInstances < 1) {
    throw new Error(
      `minInstances of variant "${variantName}" is ${minInstances}; allowed: an integer from 1`,
    );
  }
  if (!Number.isInteger(maxInstances) || maxInstances < minInstances) {
    throw new Error(
      `maxInstances of variant "${variantName}" is ${maxInstances}; allowed: an integer from minInstances (${minInstances})`,
    );
  }
  if (!(invocationsPerInstancePerMinute > 0)) {
    throw new Error(
      `invocationsPerInstancePerMinute of variant "${variantName}" is ${invocationsPerInstancePerMinute}; allowed: a positive number`,
    );
  }
}
