import * as pulumi from "@pulumi/pulumi";
import * as appautoscaling from "@pulumi/aws/appautoscaling";
import { variantResourceId } from "./scaled-variant";
import { targetTracking } from "./target-tracking";

export interface ProvisionedConcurrencyScalingArgs {
  /** Physical name of the endpoint. */
  readonly endpointName: string;
  readonly variantName: string;
  /** Containers that are always warm; the variant runs with them already: none can be scaled up from. */
  readonly minConcurrency: number;
  readonly maxConcurrency: number;
}

/** Out at once, for every request beyond them starts cold; in when a quarter of an hour did not need them. */
const COOLDOWN_SECONDS = { out: 0, in: 900 };
/** Share of the warm containers in use that is aimed at. Those that are free take the next burst. */
const UTILIZATION = 0.7;

/**
 * Scaling of the warm containers of a serverless variant. Application Auto Scaling takes one metric for them, and registers
 * them only where the live variant has some (docs/adr/0107).
 * https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-autoscale.html
 */
export class ProvisionedConcurrencyScaling extends pulumi.ComponentResource {
  /** @throws Error naming the bounds that Application Auto Scaling would reject */
  constructor(
    name: string,
    args: ProvisionedConcurrencyScalingArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    super("smartretail:serving:ProvisionedConcurrencyScaling", name, args, opts);
    validateArgs(args);
    const { endpointName, variantName, minConcurrency, maxConcurrency } = args;
    const target = new appautoscaling.Target(
      `${name}-target`,
      {
        serviceNamespace: "sagemaker",
        scalableDimension: "sagemaker:variant:DesiredProvisionedConcurrency",
        resourceId: variantResourceId(endpointName, variantName),
        minCapacity: minConcurrency,
        maxCapacity: maxConcurrency,
      },
      { parent: this, dependsOn: opts.dependsOn },
    );
    targetTracking(
      `${name}-policy`,
      target,
      {
        policyName: `${endpointName}-${variantName}-provisioned-concurrency`,
        predefinedMetricType: "SageMakerVariantProvisionedConcurrencyUtilization",
        targetValue: UTILIZATION,
        cooldownSeconds: COOLDOWN_SECONDS,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** SageMaker: provisioned concurrency of a variant is at most 200. */
const CONCURRENCY_MAX = 200;

function validateArgs({
  variantName,
  minConcurrency,
  maxConcurrency,
}: ProvisionedConcurrencyScalingArgs): void {
  if (!Number.isInteger(minConcurrency) || minConcurrency < 1 || minConcurrency > CONCURRENCY_MAX) {
    throw new Error(
      `minConcurrency of variant "${variantName}" is ${minConcurrency}; allowed: an integer from 1 to ${CONCURRENCY_MAX}`,
    );
  }
  if (
    !Number.isInteger(maxConcurrency) ||
    maxConcurrency < minConcurrency ||
    maxConcurrency > CONCURRENCY_MAX
  ) {
    throw new Error(
      `maxConcurrency of variant "${variantName}" is ${maxConcurrency}; allowed: an integer from minConcurrency (${minConcurrency}) to ${CONCURRENCY_MAX}`,
    );
  }
}
