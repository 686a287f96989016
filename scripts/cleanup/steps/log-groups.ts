import {
  DeleteLogGroupCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
  type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";
import { cleanupStep, type Remnant } from "../cleanup-step";
import { isOurs, type CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";
import { storageUsd } from "../prices";

/** Where services make groups of their own accord when something still writes; ours have the prefix in their name. */
const SERVICE_ROOTS = ["/aws/lambda/", "/aws/sagemaker/Endpoints/", "/aws/vendedlogs/states/"];

/**
 * Log groups of the plan, and those that services made again under a name of ours. Some names belong to the account, not to
 * an environment (`/aws/sagemaker/TrainingJobs`): those are deleted only when their tags are ours.
 */
export function logGroupsStep(client: CloudWatchLogsClient, scope: CleanupScope) {
  const { logGroupNames, prefix } = scope;
  const wanted = [...logGroupNames, ...SERVICE_ROOTS.map((root) => `${root}${prefix}-`)];
  return cleanupStep({
    kind: "log groups",
    isWaitedFor: false,
    find: async () => {
      const found = new Map<string, Remnant>();
      for (const logGroupNamePrefix of wanted) {
        for await (const { logGroups = [] } of paginateDescribeLogGroups(
          { client },
          { logGroupNamePrefix },
        )) {
          for (const { logGroupName: name = "", logGroupArn, storedBytes = 0 } of logGroups) {
            const isServiceMade = SERVICE_ROOTS.some((root) => name.startsWith(`${root}${prefix}-`));
            const isPlanned = logGroupNames.includes(name) && (await hasOurTags(client, logGroupArn, scope));
            if (!isServiceMade && !isPlanned) continue;
            const detail = `${(storedBytes / 1e6).toFixed(1)} MB`;
            found.set(name, {
              name,
              detail,
              monthlyUsd: storageUsd(storedBytes, "cloudwatch-logs-storage"),
            });
          }
        }
      }
      return [...found.values()];
    },
    remove: async ({ name: logGroupName }) =>
      void (await unlessGone(client.send(new DeleteLogGroupCommand({ logGroupName })))),
  });
}

async function hasOurTags(
  client: CloudWatchLogsClient,
  resourceArn: string | undefined,
  scope: CleanupScope,
): Promise<boolean> {
  const answer = await unlessGone(client.send(new ListTagsForResourceCommand({ resourceArn })));
  return isOurs(answer?.tags ?? {}, scope);
}
