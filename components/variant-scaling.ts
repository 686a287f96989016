import * as pulumi from "@pulumi/pulumi";
import * as appautoscaling from "@pulumi/aws/appautoscaling";
import { variantResourceId } from "./scaled-variant";
import { targetTracking, type TargetTrackingArgs } from "./target-tracking";

export interface VariantScalingArgs {
  /** Physical name of the endpoint. */
  readonly endpointName: string;
  readonly variantName: string;
  /** At least 1: a variant of instances cannot scale to zero. */
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Invocations per instance and minute that scaling aims at. */
  readonly invocationsPerInstancePerMinute: number;
  /**
   * Requests at a time and instance that a second policy aims at, by a metric of every ten seconds; 0 for none.
   *
   * @default 0
   */
  readonly concurrentRequestsPerInstance?: number;
}

/** Scaling in is slower than out: an instance that goes takes its loaded models with it. */
const COOLDOWN_SECONDS = { out: 60, in: 600 };

const SERVICE = {
  serviceNamespace: "sagemaker",
  scalableDimension: "sagemaker:variant:DesiredInstanceCount",
} as const;

/**
 * Scaling of one production variant by invocations per instance. Each variant has its own: a change of the traffic split
 * moves load from one to the other.
 *
 * The invocations are counted by the minute and the alarm waits for three of them. The second policy hears of a queue within
 * ten seconds of its beginning. With both the variant scales out when either wants to, and in when both do.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
export class VariantScaling extends pulumi.ComponentResource {
  /** @throws Error naming the bounds that Application Auto Scaling would reject */
  constructor(name: string, args: VariantScalingArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("smartretail:serving:VariantScaling", name, args, opts);
    validateArgs(args);
    const { endpointName, variantName, concurrentRequestsPerInstance = 0 } = args;
    const target = new appautoscaling.Target(
      `${name}-target`,
      {
        ...SERVICE,
        resourceId: variantResourceId(endpointName, variantName),
        minCapacity: args.minInstances,
        maxCapacity: args.maxInstances,
      },
      { parent: this, dependsOn: opts.dependsOn },
    );
    const follow = (policy: string, tracking: Omit<TargetTrackingArgs, "cooldownSeconds">) =>
      targetTracking(
        `${name}-${policy}`,
        target,
        { ...tracking, cooldownSeconds: COOLDOWN_SECONDS },
        { parent: this },
      );
    follow("policy", {
      policyName: `${endpointName}-${variantName}-invocations`,
      predefinedMetricType: "SageMakerVariantInvocationsPerInstance",
      targetValue: args.invocationsPerInstancePerMinute,
    });
    if (concurrentRequestsPerInstance > 0) {
      follow("concurrency-policy", {
        policyName: `${endpointName}-${variantName}-concurrency`,
        predefinedMetricType: "SageMakerVariantConcurrentRequestsPerModelHighResolution",
        targetValue: concurrentRequestsPerInstance,
      });
    }
    this.registerOutputs({});
  }
}

function validateArgs({
  variantName,
  minInstances,
  maxInstances,
  invocationsPerInstancePerMinute,
  concurrentRequestsPerInstance = 0,
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
  if (!(concurrentRequestsPerInstance >= 0)) {
    throw new Error(
      `concurrentRequestsPerInstance of variant "${variantName}" is ${concurrentRequestsPerInstance}; allowed: a positive number, or 0 for no second policy`,
    );
  }
}
