import {
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  paginateListEndpointConfigs,
  paginateListEndpoints,
  paginateListModels,
  paginateListTags,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { Hosted, HostingInventory } from "../hosting-inventory";
import { unlessGone } from "./gone";

/** The account in AWS. Its client retries what is throttled. */
export class AwsHostingInventory implements HostingInventory {
  constructor(private readonly client: SageMakerClient) {}

  async usedConfigurations(): Promise<string[]> {
    const used: string[] = [];
    for await (const { Endpoints = [] } of paginateListEndpoints({ client: this.client }, {})) {
      for (const { EndpointName } of Endpoints) {
        const found = await unlessGone(this.client.send(new DescribeEndpointCommand({ EndpointName })));
        used.push(...names(found?.EndpointConfigName, found?.PendingDeploymentSummary?.EndpointConfigName));
      }
    }
    return used;
  }

  async configurations(): Promise<Hosted[]> {
    const found: Hosted[] = [];
    for await (const { EndpointConfigs = [] } of paginateListEndpointConfigs({ client: this.client }, {})) {
      for (const { EndpointConfigName, EndpointConfigArn, CreationTime } of EndpointConfigs) {
        found.push(hosted(EndpointConfigName, EndpointConfigArn, CreationTime));
      }
    }
    return found;
  }

  async models(): Promise<Hosted[]> {
    const found: Hosted[] = [];
    for await (const { Models = [] } of paginateListModels({ client: this.client }, {})) {
      for (const { ModelName, ModelArn, CreationTime } of Models) {
        found.push(hosted(ModelName, ModelArn, CreationTime));
      }
    }
    return found;
  }

  async modelsOf(configurationName: string): Promise<string[]> {
    const found = await unlessGone(
      this.client.send(new DescribeEndpointConfigCommand({ EndpointConfigName: configurationName })),
    );
    const variants = [...(found?.ProductionVariants ?? []), ...(found?.ShadowProductionVariants ?? [])];
    return names(...variants.map(({ ModelName }) => ModelName));
  }

  async tagsOf(arn: string): Promise<Readonly<Record<string, string>>> {
    const tags: Record<string, string> = {};
    for await (const { Tags = [] } of paginateListTags({ client: this.client }, { ResourceArn: arn })) {
      for (const { Key, Value } of Tags) if (Key !== undefined) tags[Key] = Value ?? "";
    }
    return tags;
  }

  async deleteConfiguration(name: string): Promise<void> {
    await unlessGone(this.client.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name })));
  }

  async deleteModel(name: string): Promise<void> {
    await unlessGone(this.client.send(new DeleteModelCommand({ ModelName: name })));
  }
}

function names(...given: readonly (string | undefined)[]): string[] {
  return given.filter((name) => name !== undefined);
}

function hosted(name = "", arn = "", createdAt = new Date()): Hosted {
  return { name, arn, createdAt };
}
