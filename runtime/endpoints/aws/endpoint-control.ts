import {
  DescribeEndpointConfigCommand,
  UpdateEndpointCommand,
  type DeploymentConfig,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { AwsModelVersions } from "./model-versions";
import { AwsVariantScaling } from "./variant-scaling";
import {
  type DesiredConfiguration,
  type EndpointConfiguration,
  type EndpointControl,
  parseDesired,
  type ReleasedScaling,
} from "../endpoint-control";
import { AwsTraffic } from "./traffic";

export interface AwsClients {
  readonly sagemaker: SageMakerClient;
  readonly ssm: SSMClient;
  readonly scaling: ApplicationAutoScalingClient;
}

/** The live endpoint in AWS. */
export class AwsEndpointControl extends AwsTraffic implements EndpointControl {
  private readonly scaling: AwsVariantScaling;
  private readonly versions: AwsModelVersions;

  constructor(private readonly clients: AwsClients) {
    super(clients.sagemaker, clients.ssm);
    this.scaling = new AwsVariantScaling(clients.scaling);
    this.versions = new AwsModelVersions(clients.sagemaker);
  }

  async describeConfiguration(configurationName: string): Promise<EndpointConfiguration> {
    const answer = await this.clients.sagemaker.send(
      new DescribeEndpointConfigCommand({ EndpointConfigName: configurationName }),
    );
    return {
      configurationName,
      variants: (answer.ProductionVariants ?? []).map(({ VariantName, InstanceType }) => ({
        name: VariantName ?? "",
        ...(InstanceType === undefined ? {} : { instanceType: InstanceType }),
      })),
    };
  }

  async startUpdate(
    endpointName: string,
    { configurationName, deployment }: DesiredConfiguration,
  ): Promise<void> {
    await this.clients.sagemaker.send(
      new UpdateEndpointCommand({
        EndpointName: endpointName,
        EndpointConfigName: configurationName,
        RetainAllVariantProperties: true,
        ExcludeRetainedVariantProperties: [{ VariantPropertyType: "DataCaptureConfig" }],
        ...(deployment === undefined ? {} : { DeploymentConfig: deployment as unknown as DeploymentConfig }),
      }),
    );
  }

  withModelVersion(configurationName: string, version: string): Promise<string> {
    return this.versions.configuration(configurationName, version);
  }

  async readDesired(parameterName: string): Promise<DesiredConfiguration> {
    return parseDesired(parameterName, await this.readPointer(parameterName));
  }

  releaseScaling(endpointName: string, variantNames: readonly string[]): Promise<ReleasedScaling[]> {
    return this.scaling.release(endpointName, variantNames);
  }

  restoreScaling(endpointName: string, released: readonly ReleasedScaling[]): Promise<void> {
    return this.scaling.restore(endpointName, released);
  }
}
