import {
  DeleteModelPackageCommand,
  ListModelPackagesCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { cleanupStep, type Remnant } from "../cleanup-step";
import type { CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";

interface Version extends Remnant {
  readonly arn: string;
}

/** Registered versions: a group with one left cannot be deleted. */
export function modelPackagesStep(client: SageMakerClient, { modelPackageGroupNames }: CleanupScope) {
  return cleanupStep<Version>({
    kind: "registered model versions",
    isWaitedFor: false,
    find: async () => {
      const found: Version[] = [];
      for (const group of modelPackageGroupNames) found.push(...(await versionsOf(client, group)));
      return found;
    },
    remove: async ({ arn }) =>
      void (await unlessGone(client.send(new DeleteModelPackageCommand({ ModelPackageName: arn })))),
  });
}

async function versionsOf(client: SageMakerClient, group: string): Promise<Version[]> {
  const found: Version[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await unlessGone(
      client.send(new ListModelPackagesCommand({ ModelPackageGroupName: group, NextToken })),
    );
    for (const version of answer?.ModelPackageSummaryList ?? []) {
      const { ModelPackageArn: arn = "", ModelPackageVersion, ModelApprovalStatus: detail = "" } = version;
      found.push({ name: `${group}/${ModelPackageVersion}`, detail, monthlyUsd: 0, arn });
    }
    NextToken = answer?.NextToken;
  } while (NextToken !== undefined);
  return found;
}
