import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import { ExternallyManagedEndpoint, type OrderedOptions } from "./externally-managed-endpoint";
import { ProvisionedConcurrencyScaling } from "./provisioned-concurrency-scaling";
import { VariantAlarms } from "./variant-alarms";

export interface ServerlessEndpointArgs {
  readonly endpointName: string;
  readonly variantName: string;
  readonly image: string;
  /** `s3://bucket/…/model.tar.gz`: one model; serverless has no multi-model containers. */
  readonly modelDataUrl: string;
  readonly roleArn: pulumi.Input<string>;
  /** 1024 to 6144, in steps of 1024. */
  readonly memoryMb: number;
  /** 1 to 200; all serverless endpoints of an account share 1,000 in Tokyo. */
  readonly maxConcurrency: number;
  /** Containers that are kept warm; 0 for none. At most `maxConcurrency`. */
  readonly provisionedConcurrency: number;
  /** Up to how many scaling keeps warm under load; 0 for no scaling. At most `maxConcurrency`. */
  readonly provisionedConcurrencyMax: number;
  readonly latencyP99Milliseconds: number;
  /** Mean time that SageMaker may add to the model's. */
  readonly overheadMilliseconds: number;
  readonly alarmTopicArn: pulumi.Input<string>;
  /** SSM parameter that names the desired configuration. */
  readonly desiredParameterName: string;
  /** SSM parameter with the version that is live; `modelDataUrl` is only what the endpoint starts with. */
  readonly modelPointerName: string;
}

/**
 * An endpoint without idle cost. It has no VPC, network isolation, data capture, second variant, multi-model container or
 * volume key: serverless inference supports none of them.
 */
export class ServerlessEndpoint extends pulumi.ComponentResource {
  public readonly endpointConfigurationName: pulumi.Output<string>;

  /** @throws Error naming the size that SageMaker would reject */
  constructor(name: string, args: ServerlessEndpointArgs, opts: OrderedOptions = {}) {
    super("smartretail:serving:ServerlessEndpoint", name, args, opts);
    validateArgs(args);
    const { endpointName, variantName } = args;
    const model = this.model(name, args);
    const hosted = new ExternallyManagedEndpoint(
      name,
      {
        endpointName,
        variants: [
          {
            variantName,
            modelName: model.name,
            serverlessConfig: serverlessConfig(args),
          },
        ],
        desiredParameterName: args.desiredParameterName,
        modelPointerName: args.modelPointerName,
      },
      { parent: this, dependsOn: opts.dependsOn },
    );
    new VariantAlarms(
      `${name}-alarms`,
      {
        endpointName,
        variantName,
        latencyP99Milliseconds: args.latencyP99Milliseconds,
        overheadMilliseconds: args.overheadMilliseconds,
        topicArn: args.alarmTopicArn,
        // Without warm containers latency is no signal: a cold start is slow by nature.
        kinds: [
          "server-errors",
          ...(args.provisionedConcurrency > 0 ? (["latency-p99", "overhead-latency"] as const) : []),
        ],
      },
      { parent: this },
    );
    if (args.provisionedConcurrencyMax > 0) {
      new ProvisionedConcurrencyScaling(
        `${name}-scaling`,
        {
          endpointName,
          variantName,
          minConcurrency: args.provisionedConcurrency,
          maxConcurrency: args.provisionedConcurrencyMax,
        },
        { parent: this, dependsOn: [hosted.endpoint] },
      );
    }
    this.endpointConfigurationName = hosted.endpointConfigurationName;
    this.registerOutputs({ endpointConfigurationName: this.endpointConfigurationName });
  }

  /** Kept when replaced: the endpoint runs on it until the next rollout. */
  private model(name: string, args: ServerlessEndpointArgs): sagemaker.Model {
    return new sagemaker.Model(
      `${name}-model`,
      {
        executionRoleArn: args.roleArn,
        primaryContainer: {
          image: args.image,
          modelDataUrl: args.modelDataUrl,
          // One request at a time per container: concurrency is more containers, and memory is small.
          environment: { SAGEMAKER_MODEL_SERVER_WORKERS: "1" },
        },
      },
      { parent: this, retainOnDelete: true },
    );
  }
}

function serverlessConfig({ memoryMb, maxConcurrency, provisionedConcurrency }: ServerlessEndpointArgs) {
  return {
    memorySizeInMb: memoryMb,
    maxConcurrency,
    ...(provisionedConcurrency > 0 ? { provisionedConcurrency } : {}),
  };
}

function validateArgs(args: ServerlessEndpointArgs): void {
  const { memoryMb, maxConcurrency, provisionedConcurrency, provisionedConcurrencyMax } = args;
  if (!Number.isInteger(memoryMb / 1024) || memoryMb < 1024 || memoryMb > 6144) {
    throw new Error(`memoryMb is ${memoryMb}; allowed: 1024 to 6144 in steps of 1024`);
  }
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1 || maxConcurrency > 200) {
    throw new Error(`maxConcurrency is ${maxConcurrency}; allowed: an integer from 1 to 200`);
  }
  for (const [key, value] of Object.entries({ provisionedConcurrency, provisionedConcurrencyMax })) {
    if (!Number.isInteger(value) || value < 0 || value > maxConcurrency) {
      throw new Error(`${key} is ${value}; allowed: an integer from 0 to maxConcurrency (${maxConcurrency})`);
    }
  }
  if (provisionedConcurrencyMax > 0 && provisionedConcurrency === 0) {
    throw new Error(
      `provisionedConcurrencyMax is ${provisionedConcurrencyMax} without provisionedConcurrency; allowed: 0, or from provisionedConcurrency on`,
    );
  }
}
