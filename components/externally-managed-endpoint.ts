import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import * as ssm from "@pulumi/aws/ssm";
import type * as inputs from "@pulumi/aws/types/input";
import type { DesiredConfigurationValue } from "../contracts/parameters";
import { asApi, type EndpointDeployment } from "./endpoint-deployment";
import { sortedJson } from "./sorted-json";

/** Options of a component that has to wait for plain resources. */
export type OrderedOptions = Omit<pulumi.ComponentResourceOptions, "dependsOn"> & {
  readonly dependsOn?: pulumi.Resource[];
};

export interface ExternallyManagedEndpointArgs {
  /** Physical name: 1 to 63 letters, digits and hyphens. */
  readonly endpointName: string;
  readonly variants: readonly inputs.sagemaker.EndpointConfigurationProductionVariant[];
  /** Key of the instances' volumes; undefined where the hardware encrypts them or there are none. */
  readonly volumeKmsKeyArn?: pulumi.Input<string>;
  readonly capture?: sagemaker.EndpointConfigurationArgs["dataCaptureConfig"];
  readonly deployment?: EndpointDeployment;
  /** SSM parameter that tells the rollout which configuration the endpoint should run, and how to get there. */
  readonly desiredParameterName: string;
  /**
   * SSM parameter with the live version, where the endpoint's model names one artifact. The rollout follows it; a
   * multi-model variant needs none.
   */
  readonly modelPointerName?: string;
}

/**
 * An endpoint whose configuration Pulumi describes and whose state is managed outside Pulumi: by the rollout, by
 * experiments, by scaling.
 *
 * Pulumi makes the endpoint once. A later change makes a new endpoint configuration and names it in the parameter with the
 * desired configuration. The rollout carries it out by UpdateEndpoint with RetainAllVariantProperties, an argument that
 * the AWS provider does not have: an update by Pulumi would reset live weights and instance counts, and report success
 * after a rollback (docs/adr/0008).
 *
 * Configurations are kept when replaced: the endpoint may still run on them.
 */
export class ExternallyManagedEndpoint extends pulumi.ComponentResource {
  /** Generated name of the configuration that the endpoint should run now. */
  public readonly endpointConfigurationName: pulumi.Output<string>;
  public readonly endpoint: sagemaker.Endpoint;

  constructor(name: string, args: ExternallyManagedEndpointArgs, opts: OrderedOptions = {}) {
    super("smartretail:serving:ExternallyManagedEndpoint", name, args, opts);
    validateArgs(args);
    const configuration = new sagemaker.EndpointConfiguration(
      `${name}-config`,
      {
        productionVariants: [...args.variants],
        kmsKeyArn: args.volumeKmsKeyArn,
        dataCaptureConfig: args.capture,
      },
      { parent: this, retainOnDelete: true },
    );
    this.endpointConfigurationName = configuration.name;
    this.endpoint = new sagemaker.Endpoint(
      `${name}-endpoint`,
      {
        name: args.endpointName,
        endpointConfigName: configuration.name,
        deploymentConfig: args.deployment,
      },
      {
        parent: this,
        dependsOn: opts.dependsOn,
        ignoreChanges: ["endpointConfigName", "deploymentConfig"],
      },
    );
    new ssm.Parameter(
      `${name}-desired`,
      {
        name: args.desiredParameterName,
        description: `Configuration that endpoint ${args.endpointName} should run; npm run rollout carries it out`,
        type: "String",
        insecureValue: configuration.name.apply((configurationName) =>
          sortedJson(desiredValue(configurationName, args)),
        ),
      },
      { parent: this },
    );
    this.registerOutputs({ endpointConfigurationName: this.endpointConfigurationName });
  }
}

function desiredValue(
  configurationName: string,
  { deployment, modelPointerName }: ExternallyManagedEndpointArgs,
): DesiredConfigurationValue {
  return {
    EndpointConfigName: configurationName,
    DeploymentConfig: deployment === undefined ? null : asApi(deployment),
    ModelPointer: modelPointerName ?? null,
  };
}

function validateArgs({ endpointName }: ExternallyManagedEndpointArgs): void {
  if (!/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(endpointName)) {
    throw new Error(`endpointName is "${endpointName}"; allowed: 1 to 63 letters, digits and hyphens`);
  }
}
