import {
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  DescribeMountTargetsCommand,
  paginateDescribeFileSystems,
  type EFSClient,
  type FileSystemDescription,
} from "@aws-sdk/client-efs";
import { ListResourceTagsCommand, type KMSClient } from "@aws-sdk/client-kms";
import { DescribeDomainCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { cleanupStep, type Remnant } from "../cleanup-step";
import { isOurs, type CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";
import { storageUsd } from "../prices";

interface Clients {
  readonly efs: EFSClient;
  readonly kms: KMSClient;
  readonly sagemaker: SageMakerClient;
}

interface MountTarget extends Remnant {
  readonly mountTargetId: string;
}

/** They hold interfaces in our subnets, and a file system with one cannot be deleted. */
export function mountTargetsStep(clients: Clients, scope: CleanupScope) {
  return cleanupStep<MountTarget>({
    kind: "mount targets of Studio's storage",
    isWaitedFor: true,
    find: async () => {
      const found: MountTarget[] = [];
      for (const { FileSystemId } of await leftFileSystems(clients, scope)) {
        const answer = await unlessGone(clients.efs.send(new DescribeMountTargetsCommand({ FileSystemId })));
        for (const target of answer?.MountTargets ?? []) {
          const { MountTargetId: mountTargetId = "", LifeCycleState = "", SubnetId } = target;
          found.push({
            name: `${FileSystemId}/${mountTargetId}`,
            detail: `${LifeCycleState} in ${SubnetId}`,
            monthlyUsd: 0,
            isLeaving: LifeCycleState === "deleting",
            ...(LifeCycleState === "error" ? { stuckBecause: "EFS says error" } : {}),
            mountTargetId,
          });
        }
      }
      return found;
    },
    remove: async ({ mountTargetId: MountTargetId }) =>
      void (await unlessGone(clients.efs.send(new DeleteMountTargetCommand({ MountTargetId })))),
  });
}

/** People's files of a domain that is gone (`smartretail:studioHomeRetention: Retain`). */
export function fileSystemsStep(clients: Clients, scope: CleanupScope) {
  return cleanupStep({
    kind: "Studio's storage",
    isWaitedFor: true,
    find: async () => (await leftFileSystems(clients, scope)).map(describe),
    remove: async ({ name: FileSystemId }) =>
      void (await unlessGone(clients.efs.send(new DeleteFileSystemCommand({ FileSystemId })))),
  });
}

function describe({
  FileSystemId: name = "",
  SizeInBytes,
  LifeCycleState,
  Tags,
}: FileSystemDescription): Remnant {
  const bytes = SizeInBytes?.Value ?? 0;
  const domain = domainOf(Tags) ?? "";
  return {
    name,
    detail: `${(bytes / 1e9).toFixed(2)} GB of domain ${domain}`,
    monthlyUsd: storageUsd(bytes, "efs-storage"),
    isLeaving: LifeCycleState === "deleting",
    ...(LifeCycleState === "error" ? { stuckBecause: "EFS says error" } : {}),
  };
}

/**
 * File systems that SageMaker made for a domain that is there no more, and encrypted with a key of ours. The key proves
 * whose they are: SageMaker's own tag names only the domain, and mount targets in our network may be deleted already.
 */
async function leftFileSystems(
  { efs, kms, sagemaker }: Clients,
  scope: CleanupScope,
): Promise<FileSystemDescription[]> {
  const found: FileSystemDescription[] = [];
  for await (const { FileSystems = [] } of paginateDescribeFileSystems({ client: efs }, {})) {
    for (const fileSystem of FileSystems) {
      const DomainId = domainOf(fileSystem.Tags);
      if (DomainId === undefined || fileSystem.KmsKeyId === undefined) continue;
      if (!(await hasOurKey(kms, fileSystem.KmsKeyId, scope))) continue;
      if (await unlessGone(sagemaker.send(new DescribeDomainCommand({ DomainId })))) continue;
      found.push(fileSystem);
    }
  }
  return found;
}

/** From `arn:aws:sagemaker:<region>:<account>:domain/d-...`, SageMaker's tag on the file system of a domain. */
function domainOf(tags: FileSystemDescription["Tags"]): string | undefined {
  const tag = tags?.find(({ Key }) => Key === "ManagedByAmazonSageMakerResource");
  return /:domain\/(d-[a-z0-9-]+)$/.exec(tag?.Value ?? "")?.[1];
}

/** Another account's key cannot be asked and encrypts nothing of ours. */
async function hasOurKey(client: KMSClient, KeyId: string, scope: CleanupScope): Promise<boolean> {
  if (!KeyId.includes(`:${scope.accountId}:key/`)) return false;
  const { Tags = [] } = await client.send(new ListResourceTagsCommand({ KeyId }));
  return isOurs(Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])), scope);
}
