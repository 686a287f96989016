import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import { ExternallyManagedEndpoint, type OrderedOptions } from "./externally-managed-endpoint";
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
  readonly latencyP99Milliseconds: number;
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
            serverlessConfig: { memorySizeInMb: args.memoryMb, maxConcurrency: args.maxConcurrency },
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
        topicArn: args.alarmTopicArn,
        // Latency is no signal here: a cold start is slow by nature.
        kinds: ["server-errors"],
      },
      { parent: this },
    );
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

function validateArgs({ memoryMb, maxConcurrency }: ServerlessEndpointArgs): void {
  if (!Number.isInteger(memoryMb / 1024) || memoryMb < 1024 || memoryMb > 6144) {
    throw new Error(`memoryMb is ${memoryMb}; allowed: 1024 to 6144 in steps of 1024`);
  }
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1 || maxConcurrency > 200) {
    throw new Error(`maxConcurrency is ${maxConcurrency}; allowed: an integer from 1 to 200`);
  }
}
