import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import { userSettings, validateStudioApps, type StudioAppArgs } from "./studio-apps";
import { StudioSecurityGroup } from "./studio-security-group";

export interface StudioUserArgs {
  /** Name in Studio and in CloudTrail: 1 to 63 letters, digits and hyphens. */
  readonly profileName: string;
  /** Physical name of the user's own security group. */
  readonly securityGroupName: string;
  readonly domainId: pulumi.Input<string>;
  readonly roleArn: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly vpcCidr: string;
  readonly s3PrefixListId: pulumi.Input<string>;
  readonly apps: StudioAppArgs;
}

/** A person in Studio: a profile with a security group of its own and the role given, never the domain's default. */
export class StudioUser extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  /** @throws Error naming the profile when SageMaker would reject its name */
  constructor(name: string, args: StudioUserArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:studio:StudioUser", name, args, opts);
    const { profileName, securityGroupName, domainId, roleArn, vpcId, vpcCidr, s3PrefixListId, apps } = args;
    if (!/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(profileName)) {
      throw new Error(
        `profileName is "${profileName}"; allowed: 1 to 63 letters, digits and hyphens, not at an end`,
      );
    }
    validateStudioApps(apps);
    const network = new StudioSecurityGroup(
      `${name}-network`,
      {
        groupName: securityGroupName,
        description: `Studio apps of ${profileName}`,
        vpcId,
        vpcCidr,
        s3PrefixListId,
      },
      { parent: this },
    );
    const profile = new sagemaker.UserProfile(
      `${name}-profile`,
      {
        domainId,
        userProfileName: profileName,
        userSettings: { executionRole: roleArn, securityGroups: [network.id], ...userSettings(apps) },
      },
      { parent: this },
    );
    this.arn = profile.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
