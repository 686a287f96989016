import {
  DescribeEndpointCommand,
  type SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { GetParameterCommand, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import {
  checkWeights,
  type EndpointControl,
  EndpointControlError,
  type EndpointState,
} from "../endpoint-control";

/** What an experiment moves of the live endpoint in AWS: weights and model pointers. */
export class AwsTraffic implements Pick<
  EndpointControl,
  "describe" | "updateWeights" | "readPointer" | "setPointer"
> {
  constructor(
    private readonly sagemaker: SageMakerClient,
    private readonly ssm: SSMClient,
  ) {}

  async describe(endpointName: string): Promise<EndpointState> {
    const answer = await this.sagemaker.send(new DescribeEndpointCommand({ EndpointName: endpointName }));
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

  async updateWeights(endpointName: string, weights: Readonly<Record<string, number>>): Promise<void> {
    checkWeights(weights);
    await this.sagemaker.send(
      new UpdateEndpointWeightsAndCapacitiesCommand({
        EndpointName: endpointName,
        DesiredWeightsAndCapacities: Object.entries(weights).map(([VariantName, DesiredWeight]) => ({
          VariantName,
          DesiredWeight,
        })),
      }),
    );
  }

  async readPointer(parameterName: string): Promise<string> {
    const { Parameter } = await this.ssm.send(new GetParameterCommand({ Name: parameterName }));
    if (Parameter?.Value === undefined) {
      throw new EndpointControlError(`parameter ${parameterName} has no value`);
    }
    return Parameter.Value;
  }

  /** Reads first: a pointer is made by the program, with its pattern and its tags, never here. */
  async setPointer(parameterName: string, version: string): Promise<void> {
    await this.readPointer(parameterName);
    await this.ssm.send(new PutParameterCommand({ Name: parameterName, Value: version, Overwrite: true }));
  }
}
