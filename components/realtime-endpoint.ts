import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import { blueGreenDeployment } from "./endpoint-deployment";
import { isHostingInstanceType } from "./instance-types";
import { hasLocalStorage } from "./local-storage";
import { ExternallyManagedEndpoint, type OrderedOptions } from "./externally-managed-endpoint";
import { MULTI_MODEL_ALARMS, VariantAlarms } from "./variant-alarms";
import { VariantScaling } from "./variant-scaling";

interface RealtimeVariant {
  /** Stable for the endpoint's life: an update with other names is rejected. */
  readonly name: string;
  /** Initial share of the traffic, an integer; the live weight belongs to the run time. */
  readonly weight: number;
  /** `s3://bucket/prefix/` with the variant's model archives. */
  readonly modelDataUrl: string;
}

export interface RealtimeEndpointArgs {
  readonly endpointName: string;
  readonly variants: readonly RealtimeVariant[];
  readonly instanceType: string;
  /** Fewest and most instances of each variant. */
  readonly instances: { readonly min: number; readonly max: number };
  readonly invocationsPerInstancePerMinute: number;
  /** Requests at a time and instance at which a variant scales out within seconds; 0 for the invocations alone. */
  readonly concurrentRequestsPerInstance: number;
  /** Built-in algorithm image; such images take no imageConfig. */
  readonly image: string;
  readonly roleArn: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupIds: pulumi.Input<string>[];
  /** Key of the volumes and of captured requests. */
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly capture: { readonly s3Uri: string; readonly samplingPercent: number };
  readonly latencyP99Milliseconds: number;
  /** Mean time that SageMaker may add to the model's. */
  readonly overheadMilliseconds: number;
  readonly alarmTopicArn: pulumi.Input<string>;
  /** SSM parameter that names the desired configuration. */
  readonly desiredParameterName: string;
}

/**
 * One real-time endpoint with several production variants, each a multi-model container over its own S3 prefix: callers
 * choose the model by TargetModel and may choose the variant by TargetVariant.
 *
 * Containers are isolated from the network: SageMaker itself fetches the archives, with the role, and hands them over.
 */
export class RealtimeEndpoint extends pulumi.ComponentResource {
  public readonly endpointConfigurationName: pulumi.Output<string>;

  /** @throws Error naming the argument that SageMaker would reject, or that would change on every plan */
  constructor(name: string, args: RealtimeEndpointArgs, opts: OrderedOptions = {}) {
    super("smartretail:serving:RealtimeEndpoint", name, args, opts);
    validateArgs(args);
    const { endpointName, variants, instances } = args;
    const alarms = variants.map((variant) => this.alarmsOf(name, variant, args));
    const hosted = new ExternallyManagedEndpoint(
      name,
      {
        endpointName,
        variants: variants.map((variant) =>
          productionVariant(variant, this.multiModel(name, variant, args), args),
        ),
        volumeKmsKeyArn: hasLocalStorage(args.instanceType) ? undefined : args.kmsKeyArn,
        capture: captureConfig(args),
        deployment: blueGreenDeployment(
          instances.min,
          alarms.flatMap(({ rollbackAlarmNames }) => rollbackAlarmNames),
        ),
        desiredParameterName: args.desiredParameterName,
      },
      {
        parent: this,
        dependsOn: [...(opts.dependsOn ?? []), ...alarms.flatMap((ofVariant) => ofVariant.alarms)],
      },
    );
    for (const { name: variantName } of variants) {
      new VariantScaling(
        `${name}-${variantName}-scaling`,
        {
          endpointName,
          variantName,
          minInstances: instances.min,
          maxInstances: instances.max,
          invocationsPerInstancePerMinute: args.invocationsPerInstancePerMinute,
          concurrentRequestsPerInstance: args.concurrentRequestsPerInstance,
        },
        { parent: this, dependsOn: [hosted.endpoint] },
      );
    }
    this.endpointConfigurationName = hosted.endpointConfigurationName;
    this.registerOutputs({ endpointConfigurationName: this.endpointConfigurationName });
  }

  private alarmsOf(name: string, variant: RealtimeVariant, args: RealtimeEndpointArgs): VariantAlarms {
    return new VariantAlarms(
      `${name}-${variant.name}-alarms`,
      {
        endpointName: args.endpointName,
        variantName: variant.name,
        latencyP99Milliseconds: args.latencyP99Milliseconds,
        overheadMilliseconds: args.overheadMilliseconds,
        topicArn: args.alarmTopicArn,
        kinds: MULTI_MODEL_ALARMS,
      },
      { parent: this },
    );
  }

  /** Kept when replaced, as the configuration that names it: the endpoint scales out with it until the next rollout. */
  private multiModel(name: string, variant: RealtimeVariant, args: RealtimeEndpointArgs): sagemaker.Model {
    return new sagemaker.Model(
      `${name}-${variant.name}-model`,
      {
        executionRoleArn: args.roleArn,
        enableNetworkIsolation: true,
        vpcConfig: { subnets: args.subnetIds, securityGroupIds: args.securityGroupIds },
        primaryContainer: { image: args.image, mode: "MultiModel", modelDataUrl: variant.modelDataUrl },
      },
      { parent: this, retainOnDelete: true },
    );
  }
}

function productionVariant(
  variant: RealtimeVariant,
  model: sagemaker.Model,
  { instanceType, instances }: RealtimeEndpointArgs,
) {
  return {
    variantName: variant.name,
    modelName: model.name,
    instanceType,
    initialInstanceCount: instances.min,
    initialVariantWeight: variant.weight,
  };
}

/** Bodies are CSV or JSON text; without the header hints SageMaker stores them base64. */
function captureConfig({ capture, kmsKeyArn }: RealtimeEndpointArgs) {
  return {
    enableCapture: capture.samplingPercent > 0,
    initialSamplingPercentage: capture.samplingPercent,
    destinationS3Uri: capture.s3Uri,
    kmsKeyId: kmsKeyArn,
    captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
    captureContentTypeHeader: { csvContentTypes: ["text/csv"], jsonContentTypes: ["application/json"] },
  };
}

const VARIANTS_MAX = 10;

function validateArgs({ variants, instanceType, capture }: RealtimeEndpointArgs): void {
  if (variants.length === 0 || variants.length > VARIANTS_MAX) {
    throw new Error(`${variants.length} variants; allowed: 1 to ${VARIANTS_MAX}`);
  }
  for (const [i, { name, weight, modelDataUrl }] of variants.entries()) {
    if (variants.findIndex((other) => other.name === name) !== i) {
      throw new Error(`variant "${name}" is there twice; allowed: once`);
    }
    if (!Number.isInteger(weight) || weight < 0) {
      throw new Error(
        `weight of variant "${name}" is ${weight}; allowed: an integer from 0 (0.9 comes back as 0.8999999762 and would replace the configuration on every plan)`,
      );
    }
    if (!/^s3:\/\/[a-z0-9.-]+\/(.+\/)?$/.test(modelDataUrl)) {
      throw new Error(
        `modelDataUrl of variant "${name}" is "${modelDataUrl}"; allowed: s3://bucket/prefix/ with a slash at the end`,
      );
    }
  }
  if (variants.every(({ weight }) => weight === 0)) {
    throw new Error("all variants have weight 0; allowed: at least one weight above 0");
  }
  if (!isHostingInstanceType(instanceType)) {
    throw new Error(
      `instanceType is "${instanceType}"; allowed: a CPU instance type of SageMaker hosting such as ml.m5.large (hosting has no ml.t3.*)`,
    );
  }
  const { samplingPercent } = capture;
  if (!Number.isInteger(samplingPercent) || samplingPercent < 0 || samplingPercent > 100) {
    throw new Error(`samplingPercent is ${samplingPercent}; allowed: an integer from 0 to 100`);
  }
}
