import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as sagemaker from "@pulumi/aws/sagemaker";
import { LeastPrivilegeRole } from "../components/least-privilege-role";
import { installScript, sdkDefaults } from "../components/sdk-defaults";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import { EXPERIMENTS_PREFIX } from "../contracts/model-artifact";
import type { StudioAppArgs } from "../components/studio-apps";
import { StudioDomain } from "../components/studio-domain";
import { StudioSecurityGroup } from "../components/studio-security-group";
import { StudioUser } from "../components/studio-user";
import type { Context } from "./context";
import type { DataLake } from "./data-lake";
import { personOf, type Identity } from "./identity";
import type { Keys } from "./keys";
import type { Network } from "./network";

/** SageMaker: a domain name has at most 63 characters; IAM: a role name 64; EC2: a security group name 255. */
const DOMAIN_NAME_MAX = 63;
const ROLE_NAME_MAX = 64;
const GROUP_NAME_MAX = 255;

export interface Studio {
  readonly domainId: pulumi.Output<string>;
  readonly domainUrl: pulumi.Output<string>;
  /** ARN per profile name. */
  readonly userProfiles: Readonly<Record<string, pulumi.Output<string>>>;
}

interface Earlier {
  readonly keys: Keys;
  readonly network: Network;
  readonly dataLake: DataLake;
  readonly identity: Identity;
}

/** Where people work: one Studio domain without internet, one profile a person, rights by persona. */
export function createStudio(context: Context, earlier: Earlier): Studio {
  const slice = new Slice("studio");
  const { settings, prefix } = context;
  const { network, identity } = earlier;
  const apps: StudioAppArgs = {
    instanceTypes: settings.studioInstanceTypes,
    idleTimeoutMinutes: settings.studioIdleTimeoutMinutes,
    jupyterLifecycleArn: installSdkDefaults(context, earlier, slice),
  };
  const domain = createDomain(context, earlier, apps, slice);
  const users = settings.studioUserProfiles.map(({ name }) => {
    const user = new StudioUser(
      `studio-${name}`,
      {
        profileName: name,
        securityGroupName: physicalName(GROUP_NAME_MAX, prefix, "studio", name),
        domainId: domain.id,
        roleArn: personOf(identity, name).role.arn,
        apps,
        ...groupPlace(context, network),
      },
      { parent: slice },
    );
    return [name, user.arn] as const;
  });
  return { domainId: domain.id, domainUrl: domain.url, userProfiles: Object.fromEntries(users) };
}

function createDomain(
  context: Context,
  { keys, network }: Earlier,
  apps: StudioAppArgs,
  parent: Slice,
): StudioDomain {
  const { settings, prefix } = context;
  const nobodysGroup = new StudioSecurityGroup(
    "studio-default-network",
    {
      groupName: physicalName(GROUP_NAME_MAX, prefix, "studio-default"),
      description: "Studio apps of shared spaces",
      ...groupPlace(context, network),
    },
    { parent },
  );
  return new StudioDomain(
    "studio",
    {
      domainName: physicalName(DOMAIN_NAME_MAX, prefix),
      vpcId: network.vpcId,
      subnetIds: network.subnetIds,
      kmsKeyArn: keys.dataLake.arn,
      defaultRoleArn: defaultRole(context, parent).arn,
      defaultSecurityGroupId: nobodysGroup.id,
      apps,
      homeRetention: settings.studioHomeRetention,
    },
    { parent },
  );
}

/** Without the network, the keys and the role in its requests the stock SDK could start no job here. */
function installSdkDefaults(
  context: Context,
  { keys, network, dataLake, identity }: Earlier,
  parent: Slice,
): pulumi.Output<string> {
  const script = pulumi
    .all([network.subnetIds, network.workloadSecurityGroupId, keys.dataLake.arn])
    .apply(([subnetIds, securityGroupId, kmsKeyArn]) =>
      installScript(
        sdkDefaults({
          bucket: dataLake.buckets.models.name,
          jobRoleArn: identity.roles.experiment.arn,
          kmsKeyArn,
          prefix: EXPERIMENTS_PREFIX.replace(/\/$/, ""),
          securityGroupIds: [securityGroupId],
          subnetIds,
        }),
      ),
    );
  // SageMaker changes no script: another one needs another name, and apps move over when they start.
  const digest = script.apply((text) => createHash("sha256").update(text).digest("hex").slice(0, 8));
  const { arn } = new sagemaker.StudioLifecycleConfig(
    "studio-sdk-defaults",
    {
      studioLifecycleConfigName: pulumi.interpolate`${context.prefix}-sdk-defaults-${digest}`,
      studioLifecycleConfigAppType: "JupyterLab",
      studioLifecycleConfigContent: script.apply((text) => Buffer.from(text).toString("base64")),
    },
    { parent },
  );
  return arn;
}

/** What a security group of Studio has to know of the network. */
function groupPlace({ settings }: Context, { vpcId, s3PrefixListId }: Network) {
  return { vpcId, vpcCidr: settings.vpcCidr, s3PrefixListId };
}

/** A domain must have a default role. This one is allowed nothing: a profile made by hand, or a shared space, gets no data. */
function defaultRole({ settings, prefix, accountId }: Context, parent: Slice) {
  const { role } = new LeastPrivilegeRole(
    "studio-default",
    {
      roleName: physicalName(ROLE_NAME_MAX, prefix, "studio-default"),
      description: "Studio domain default, without any permission",
      trust: { service: "sagemaker.amazonaws.com", accountId, sourceIdentity: true },
      policies: {},
      permissionsBoundaryArn: settings.permissionsBoundaryArn,
    },
    { parent },
  );
  return role;
}
