import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  UpdateEndpointCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
  type DeploymentConfig,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { GetParameterCommand, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { AwsModelVersions } from "./model-versions";
import { AwsVariantScaling } from "./variant-scaling";
import {
  checkWeights,
  EndpointControlError,
  parseDesired,
  type EndpointConfiguration,
  type EndpointControl,
  type EndpointState,
  type ReleasedScaling,
  type DesiredConfiguration,
} from "../endpoint-control";

export interface AwsClients {
  readonly sagemaker: SageMakerClient;
  readonly ssm: SSMClient;
  readonly scaling: ApplicationAutoScalingClient;
}

/** The live endpoint in AWS. */
export class AwsEndpointControl implements EndpointControl {
  private readonly scaling: AwsVariantScaling;
  private readonly versions: AwsModelVersions;

  constructor(private readonly clients: AwsClients) {
    this.scaling = new AwsVariantScaling(clients.scaling);
    this.versions = new AwsModelVersions(clients.sagemaker);
  }

  async describe(endpointName: string): Promise<EndpointState> {
    const answer = await this.clients.sagemaker.send(
      new DescribeEndpointCommand({ EndpointName: endpointName }),
    );
    return {
      endpointName,
      status: answer.EndpointStatus ?? "unknown",
      configurationName: answer.EndpointConfigName ?? "",
      variants: (answer.ProductionVariants ?? []).map((variant) => ({
        name: variant.VariantName ?? "",
        weight: variant.CurrentWeight ?? 0,
        instanceCount: variant.CurrentInstanceCount ?? 0,
      })),
      ...(answer.FailureReason === undefined ? {} : { failureReason: answer.FailureReason }),
    };
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

  async updateWeights(endpointName: string, weights: Readonly<Record<string, number>>): Promise<void> {
    checkWeights(weights);
    await this.clients.sagemaker.send(
      new UpdateEndpointWeightsAndCapacitiesCommand({
        EndpointName: endpointName,
        DesiredWeightsAndCapacities: Object.entries(weights).map(([VariantName, DesiredWeight]) => ({
          VariantName,
          DesiredWeight,
        })),
      }),
    );
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

  async readPointer(parameterName: string): Promise<string> {
    const { Parameter } = await this.clients.ssm.send(new GetParameterCommand({ Name: parameterName }));
    if (Parameter?.Value === undefined) {
      throw new EndpointControlError(`parameter ${parameterName} has no value`);
    }
    return Parameter.Value;
  }

  /** Reads first: a pointer is made by the program, with its pattern and its tags, never here. */
  async setPointer(parameterName: string, version: string): Promise<void> {
    await this.readPointer(parameterName);
    await this.clients.ssm.send(
      new PutParameterCommand({ Name: parameterName, Value: version, Overwrite: true }),
    );
  }

  releaseScaling(endpointName: string, variantNames: readonly string[]): Promise<ReleasedScaling[]> {
    return this.scaling.release(endpointName, variantNames);
  }

  restoreScaling(endpointName: string, released: readonly ReleasedScaling[]): Promise<void> {
    return this.scaling.restore(endpointName, released);
  }
}
