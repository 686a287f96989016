import { DeleteTableCommand, paginateGetTables, type GlueClient } from "@aws-sdk/client-glue";
import {
  DeleteFeatureGroupCommand,
  DescribeFeatureGroupCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { cleanupStep, type Remnant } from "../cleanup-step";
import type { CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";

/** Feature groups: their online store is billed as long as they are there. */
export function featureGroupsStep(client: SageMakerClient, { featureGroupNames }: CleanupScope) {
  return cleanupStep({
    kind: "feature groups",
    isWaitedFor: true,
    find: async () => {
      const found: Remnant[] = [];
      for (const FeatureGroupName of featureGroupNames) {
        const group = await unlessGone(client.send(new DescribeFeatureGroupCommand({ FeatureGroupName })));
        if (group === undefined) continue;
        const {
          FeatureGroupStatus: detail = "",
          FailureReason,
          OnlineStoreTotalSizeBytes: bytes = 0,
        } = group;
        const size = bytes > 0 ? `, ${Math.ceil(bytes / 1e6)} MB online` : "";
        found.push({
          name: FeatureGroupName,
          detail: `${detail}${size}`,
          isLeaving: detail === "Deleting",
          ...(detail === "DeleteFailed" ? { stuckBecause: `DeleteFailed: ${FailureReason ?? ""}` } : {}),
        });
      }
      return found;
    },
    remove: async ({ name }) =>
      void (await unlessGone(client.send(new DeleteFeatureGroupCommand({ FeatureGroupName: name })))),
  });
}

/** Where Feature Store keeps the tables of every offline store of an account and region. */
const DATABASE = "sagemaker_featurestore";

/**
 * Tables of the offline stores, which Feature Store makes and never deletes. A table is ours when its data lies in a
 * bucket of ours: the name carries only the group's, cut and with a time behind it.
 */
export function offlineTablesStep(client: GlueClient, { bucketNames }: CleanupScope) {
  const roots = bucketNames.map((bucket) => `s3://${bucket}/`);
  return cleanupStep({
    kind: "tables of feature groups",
    isWaitedFor: false,
    find: async () => {
      const found: Remnant[] = [];
      try {
        for await (const { TableList = [] } of paginateGetTables({ client }, { DatabaseName: DATABASE })) {
          for (const { Name = "", StorageDescriptor } of TableList) {
            const location = `${StorageDescriptor?.Location ?? ""}/`;
            if (!roots.some((root) => location.startsWith(root))) continue;
            found.push({ name: Name, detail: StorageDescriptor?.Location ?? "", monthlyUsd: 0 });
          }
        }
      } catch (error) {
        if (!(error instanceof Error && error.name === "EntityNotFoundException")) throw error;
      }
      return found;
    },
    remove: async ({ name: Name }) =>
      void (await unlessGone(client.send(new DeleteTableCommand({ DatabaseName: DATABASE, Name })))),
  });
}
