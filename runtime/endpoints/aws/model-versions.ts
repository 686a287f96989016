import {
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  paginateListTags,
  type DescribeModelCommandOutput,
  type ProductionVariant,
  type SageMakerClient,
  type Tag,
} from "@aws-sdk/client-sagemaker";
import { archiveOfVersion } from "../../../contracts/model-artifact";
import { EndpointControlError, versionedName } from "../endpoint-control";

/**
 * Configurations of the same shape with another version of the model: SageMaker can change neither a model nor a
 * configuration, so both are made anew, under names that say the version.
 */
export class AwsModelVersions {
  constructor(private readonly client: SageMakerClient) {}

  async configuration(configurationName: string, version: string): Promise<string> {
    const found = await this.client.send(
      new DescribeEndpointConfigCommand({ EndpointConfigName: configurationName }),
    );
    const variants = found.ProductionVariants ?? [];
    const models = await Promise.all(variants.map(({ ModelName }) => this.describeModel(ModelName)));
    if (models.every((model) => archiveOfVersion(artifact(model), version) === artifact(model))) {
      return configurationName;
    }
    const moved: ProductionVariant[] = [];
    for (const [i, model] of models.entries()) {
      moved.push({
        ...variants[i],
        VariantName: variants[i]?.VariantName,
        ModelName: await this.createModel(model, version),
      });
    }
    const name = versionedName(configurationName, version);
    await unlessItExists(
      this.client.send(
        new CreateEndpointConfigCommand({
          EndpointConfigName: name,
          ProductionVariants: moved,
          ...(found.DataCaptureConfig ? { DataCaptureConfig: found.DataCaptureConfig } : {}),
          ...(found.KmsKeyId === undefined ? {} : { KmsKeyId: found.KmsKeyId }),
          ...(await this.tagsOf(found.EndpointConfigArn)),
        }),
      ),
    );
    return name;
  }

  private describeModel(modelName: string | undefined): Promise<DescribeModelCommandOutput> {
    return this.client.send(new DescribeModelCommand({ ModelName: modelName }));
  }

  private async createModel(model: DescribeModelCommandOutput, version: string): Promise<string> {
    const name = versionedName(model.ModelName ?? "", version);
    const { Image, Environment } = model.PrimaryContainer ?? {};
    await unlessItExists(
      this.client.send(
        new CreateModelCommand({
          ModelName: name,
          ExecutionRoleArn: model.ExecutionRoleArn,
          PrimaryContainer: { Image, Environment, ModelDataUrl: archiveOfVersion(artifact(model), version) },
          ...(model.VpcConfig ? { VpcConfig: model.VpcConfig } : {}),
          ...(model.EnableNetworkIsolation ? { EnableNetworkIsolation: true } : {}),
          ...(await this.tagsOf(model.ModelArn)),
        }),
      ),
    );
    return name;
  }

  /** A copy without its original's tags would be nobody's: the clean-up and the bill go by them. */
  private async tagsOf(arn: string | undefined): Promise<{ readonly Tags?: Tag[] }> {
    if (arn === undefined) return {};
    const tags: Tag[] = [];
    for await (const { Tags = [] } of paginateListTags({ client: this.client }, { ResourceArn: arn })) {
      tags.push(...Tags.filter(({ Key }) => !Key?.startsWith("aws:")));
    }
    return tags.length === 0 ? {} : { Tags: tags };
  }
}

function artifact({ ModelName, PrimaryContainer }: DescribeModelCommandOutput): string {
  if (PrimaryContainer?.ModelDataUrl === undefined) {
    throw new EndpointControlError(`model ${ModelName ?? ""} names no artifact`);
  }
  return PrimaryContainer.ModelDataUrl;
}

/** The name says everything that is in it: what a former run has made is the same. */
async function unlessItExists(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof Error && /already existing|already exists/i.test(error.message))) throw error;
  }
}
