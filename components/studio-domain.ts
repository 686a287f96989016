import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import { spaceStorage, studioApp, userSettings, validateStudioApps, type StudioAppArgs } from "./studio-apps";

export interface StudioDomainArgs {
  /** Physical name, at most 63 characters. */
  readonly domainName: string;
  readonly vpcId: pulumi.Input<string>;
  /** Isolated subnets, in two availability zones or more. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Key of the home file system and of the spaces' volumes. Fixed when the domain is made. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Role of whoever has no role of their own: shared spaces, and profiles made by hand. It should be allowed nothing. */
  readonly defaultRoleArn: pulumi.Input<string>;
  /** Security group for the same; profiles bring their own. */
  readonly defaultSecurityGroupId: pulumi.Input<string>;
  readonly apps: StudioAppArgs;
  /** What becomes of the users' files when the domain goes. */
  readonly homeRetention: "Retain" | "Delete";
}

/**
 * SageMaker Studio without internet: VPC-only, encrypted, apps that stop by themselves, no Docker, no Canvas.
 *
 * Sessions carry the profile's name as source identity, so CloudTrail names the person behind a shared persona.
 * Users sign in through IAM; IAM Identity Center needs an organization, which one account cannot assume.
 */
export class StudioDomain extends pulumi.ComponentResource {
  public readonly id: pulumi.Output<string>;
  public readonly url: pulumi.Output<string>;

  /** @throws Error naming the setting that SageMaker would reject */
  constructor(name: string, args: StudioDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:studio:StudioDomain", name, args, opts);
    validateStudioApps(args.apps);
    const everyone = { executionRole: args.defaultRoleArn, securityGroups: [args.defaultSecurityGroupId] };
    const domain = new sagemaker.Domain(
      `${name}-domain`,
      {
        domainName: args.domainName,
        authMode: "IAM",
        appNetworkAccessType: "VpcOnly",
        vpcId: args.vpcId,
        subnetIds: args.subnetIds,
        kmsKeyId: args.kmsKeyArn,
        tagPropagation: "ENABLED",
        domainSettings: {
          executionRoleIdentityConfig: "USER_PROFILE_NAME",
          dockerSettings: { enableDockerAccess: "DISABLED" },
        },
        defaultUserSettings: { ...everyone, ...userSettings(args.apps) },
        defaultSpaceSettings: {
          ...everyone,
          jupyterLabAppSettings: studioApp(args.apps),
          spaceStorageSettings: spaceStorage(args.apps),
        },
        retentionPolicy: { homeEfsFileSystem: args.homeRetention },
      },
      // A replaced domain would leave every user's files behind.
      { parent: this, protect: args.homeRetention === "Retain" },
    );
    this.id = domain.id;
    this.url = domain.url;
    this.registerOutputs({ id: this.id, url: this.url });
  }
}
