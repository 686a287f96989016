import {
  DeleteAppCommand,
  DeleteSpaceCommand,
  DescribeDomainCommand,
  paginateListApps,
  paginateListDomains,
  paginateListSpaces,
  type AppDetails,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { cleanupStep, type Remnant } from "../cleanup-step";
import type { CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";
import { instancesUsd } from "../prices";

/** Ids of the environment's domains. A domain's name is unique in an account and region. */
async function domainIds(client: SageMakerClient, { domainNames }: CleanupScope): Promise<string[]> {
  const ids: string[] = [];
  for await (const { Domains = [] } of paginateListDomains({ client }, {})) {
    for (const { DomainId, DomainName = "" } of Domains) {
      if (DomainId === undefined || !domainNames.includes(DomainName)) continue;
      if (await unlessGone(client.send(new DescribeDomainCommand({ DomainId })))) ids.push(DomainId);
    }
  }
  return ids;
}

interface App extends Remnant {
  readonly app: AppDetails;
}

/** Statuses in which an app is there no more; SageMaker lists it for a day longer. */
const ENDED = new Set(["Deleted", "Failed"]);

/** Apps of people; each runs on an instance of its own and blocks its space, its profile and the domain. */
export function studioAppsStep(client: SageMakerClient, scope: CleanupScope) {
  return cleanupStep<App>({
    kind: "Studio apps",
    isWaitedFor: true,
    find: async () => {
      const found: App[] = [];
      for (const DomainIdEquals of await domainIds(client, scope)) {
        for await (const { Apps = [] } of paginateListApps({ client }, { DomainIdEquals })) {
          for (const app of Apps) if (!ENDED.has(app.Status ?? "")) found.push(describeApp(app));
        }
      }
      return found;
    },
    remove: async ({ app: { DomainId, SpaceName, UserProfileName, AppType, AppName } }) => {
      const owner = SpaceName === undefined ? { UserProfileName } : { SpaceName };
      await unlessGone(client.send(new DeleteAppCommand({ DomainId, ...owner, AppType, AppName })));
    },
  });
}

function describeApp(app: AppDetails): App {
  const { SpaceName, UserProfileName, AppType = "", AppName = "", Status = "", ResourceSpec } = app;
  const instanceType = ResourceSpec?.InstanceType;
  const monthlyUsd = instanceType === undefined ? undefined : instancesUsd(instanceType, 1);
  return {
    name: [SpaceName ?? UserProfileName, AppType, AppName].join("/"),
    detail: [instanceType, Status].filter(Boolean).join(", "),
    ...(monthlyUsd === undefined ? {} : { monthlyUsd }),
    isLeaving: Status === "Deleting",
    app,
  };
}

interface Space extends Remnant {
  readonly domainId: string;
  readonly spaceName: string;
}

/** Private spaces with their volumes; they block their profile and the domain. */
export function studioSpacesStep(client: SageMakerClient, scope: CleanupScope) {
  return cleanupStep<Space>({
    kind: "Studio spaces",
    isWaitedFor: true,
    find: async () => {
      const found: Space[] = [];
      for (const domainId of await domainIds(client, scope)) {
        for await (const { Spaces = [] } of paginateListSpaces({ client }, { DomainIdEquals: domainId })) {
          for (const { SpaceName: spaceName = "", Status: detail = "" } of Spaces) {
            const isLeaving = detail === "Deleting";
            const stuck =
              detail === "Delete_Failed" ? { stuckBecause: "Delete_Failed: its apps or files" } : {};
            found.push({ name: spaceName, detail, domainId, spaceName, isLeaving, ...stuck });
          }
        }
      }
      return found;
    },
    remove: async ({ domainId: DomainId, spaceName: SpaceName }) =>
      void (await unlessGone(client.send(new DeleteSpaceCommand({ DomainId, SpaceName })))),
  });
}
