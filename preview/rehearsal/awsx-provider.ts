import * as pulumi from "@pulumi/pulumi";
import { expandVpc } from "../awsx/expand-vpc";
import { availabilityZones, imageDigestUri } from "../provider-stubs/provider-stubs";
import type { ProviderJournal } from "./provider-journal";

/** awsx's part in a rehearsal: the same components, whose children the engine hears of as of the real ones. */
export class AwsxProvider implements pulumi.provider.Provider {
  public constructor(
    private readonly region: string,
    private readonly journal: ProviderJournal,
    public readonly version: string,
  ) {}

  public async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    const component = new pulumi.ComponentResource(type, name, {}, options);
    const urn = await new Promise<string>((resolve) => component.urn.apply(resolve));
    this.journal.write({ operation: "construct", urn, type, id: "" });
    return { urn, state: this.stateOf(urn, name, type, inputs) };
  }

  private stateOf(urn: string, name: string, type: string, inputs: pulumi.Inputs): pulumi.Inputs {
    switch (type) {
      case "awsx:ec2:Vpc":
        return expandVpc({ urn, name, wireInputs: inputs }, availabilityZones(this.region));
      case "awsx:ecr:Image":
        return {
          imageUri: pulumi
            .output(inputs.repositoryUrl as pulumi.Input<string>)
            .apply((repositoryUrl) => imageDigestUri(urn, repositoryUrl)),
        };
      default:
        throw new Error(`the rehearsal has no component ${type}`);
    }
  }
}
