import {
  DeleteSecurityGroupCommand,
  paginateDescribeSecurityGroups,
  paginateDescribeVpcs,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type EC2Client,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import { DescribeDomainCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { cleanupStep, type Remnant } from "../cleanup-step";
import type { CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";

interface NfsGroup extends Remnant {
  readonly groupId: string;
  /** The two groups of the domain, which refer to each other. */
  readonly pair: readonly SecurityGroup[];
}

/** As SageMaker names the two groups of a domain's file system. */
const NAME = /^security-group-for-(?:in|out)bound-nfs-(d-[a-z0-9-]+)$/;

/**
 * Security groups that SageMaker made for a domain that is gone, in a network of ours: the network cannot be deleted while
 * they are there, nor either of them while the other's rules name it.
 */
export function nfsGroupsStep(ec2: EC2Client, sagemaker: SageMakerClient, scope: CleanupScope) {
  return cleanupStep<NfsGroup>({
    kind: "NFS security groups of Studio",
    isWaitedFor: false,
    find: async () => {
      const found: NfsGroup[] = [];
      for (const [DomainId, pair] of await groupsByDomain(ec2, scope)) {
        if (await unlessGone(sagemaker.send(new DescribeDomainCommand({ DomainId })))) continue;
        for (const { GroupId: groupId = "", GroupName: detail = "" } of pair) {
          found.push({ name: groupId, detail, monthlyUsd: 0, groupId, pair });
        }
      }
      return found;
    },
    remove: async ({ groupId, pair }) => {
      for (const group of pair) await revokeRules(ec2, group);
      await unlessGone(ec2.send(new DeleteSecurityGroupCommand({ GroupId: groupId })));
    },
  });
}

async function groupsByDomain(
  ec2: EC2Client,
  scope: CleanupScope,
): Promise<ReadonlyMap<string, readonly SecurityGroup[]>> {
  const groups = new Map<string, SecurityGroup[]>();
  const vpcs = await ourVpcs(ec2, scope);
  if (vpcs.length === 0) return groups;
  const query = { Filters: [{ Name: "vpc-id", Values: vpcs }] };
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups({ client: ec2 }, query)) {
    for (const group of SecurityGroups) {
      const domainId = NAME.exec(group.GroupName ?? "")?.[1];
      if (domainId !== undefined) groups.set(domainId, [...(groups.get(domainId) ?? []), group]);
    }
  }
  return groups;
}

async function ourVpcs(ec2: EC2Client, { tags }: CleanupScope): Promise<string[]> {
  const Filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
  const ids: string[] = [];
  for await (const { Vpcs = [] } of paginateDescribeVpcs({ client: ec2 }, { Filters })) {
    for (const { VpcId } of Vpcs) if (VpcId !== undefined) ids.push(VpcId);
  }
  return ids;
}

async function revokeRules(ec2: EC2Client, group: SecurityGroup): Promise<void> {
  const { GroupId, IpPermissions = [], IpPermissionsEgress = [] } = group;
  if (IpPermissions.length > 0) {
    const command = new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions });
    await unlessRevoked(ec2.send(command));
  }
  if (IpPermissionsEgress.length > 0) {
    const command = new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: IpPermissionsEgress });
    await unlessRevoked(ec2.send(command));
  }
}

/** By the pair's first deletion, or by an earlier run. */
async function unlessRevoked(answer: Promise<unknown>): Promise<void> {
  try {
    await unlessGone(answer);
  } catch (error) {
    if (!(error instanceof Error && error.name === "InvalidPermission.NotFound")) throw error;
  }
}
