import { interfaceEndpointService } from "../../components/interface-endpoints";
import type { Plan } from "../../preview/plan-environment";
import { checkDeploymentTarget, DOCUMENTATION_ACCOUNT_ID } from "../../stacks/deployment-target";
import { zoneNames } from "../../stacks/network/zones";
import type { Settings } from "../../stacks/settings-schema";
import { costTags } from "../../stacks/context";
import type { Account, Finding } from "./account";
import { quotaNeeds, type QuotaNeed } from "./quota-needs";

/** Everything that can be known before the first resource is made; nothing is changed. */
export async function checkAccount(plan: Plan, settings: Settings, account: Account): Promise<Finding[]> {
  const { accountId, arn } = await account.identity();
  return [
    target(settings, accountId, arn),
    ...(await quotaFindings(plan, account)),
    ...(await endpointFindings(settings, account)),
    ...(await bucketFindings(plan, accountId, account)),
    ...(await roleFindings(settings, account)),
    await tagFinding(settings, account),
  ];
}

function target(settings: Settings, accountId: string, callerArn: string): Finding {
  const what = "account and caller";
  try {
    checkDeploymentTarget({ settings, accountId, callerArn, isPreview: false });
    return { level: "ok", what, detail: `${callerArn} deploys ${settings.environment} to ${accountId}` };
  } catch (error) {
    return { level: "stop", what, detail: (error as Error).message };
  }
}

async function quotaFindings(plan: Plan, account: Account): Promise<Finding[]> {
  const needs = quotaNeeds(plan);
  const services = [...new Set(needs.map(({ service }) => service))];
  const known = new Map<string, Awaited<ReturnType<Account["quotas"]>>>();
  for (const service of services) known.set(service, await account.quotas(service));
  return needs.map((need) => quotaFinding(need, known.get(need.service)));
}

function quotaFinding(
  { service, quota, start, full }: QuotaNeed,
  known: Awaited<ReturnType<Account["quotas"]>> | undefined,
): Finding {
  const what = `quota ${service}: ${quota}`;
  const found = known?.get(quota);
  if (!found)
    return {
      level: "later",
      what,
      detail: `no quota of this name here: look for it by hand (${full} are needed)`,
    };
  if (found.value >= full) return { level: "ok", what, detail: `${found.value}, ${full} are needed` };
  const request = found.isAdjustable
    ? `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${found.code} --desired-value ${full}`
    : "it cannot be raised: make the environment smaller";
  return {
    level: found.value < start ? "stop" : "later",
    what,
    detail: `${found.value}; ${start} are needed at first, ${full} at most: ${request}`,
  };
}

async function endpointFindings(settings: Settings, account: Account): Promise<Finding[]> {
  const needed = zoneNames(settings.region, settings.interfaceEndpointZoneCount) ?? [];
  const services = settings.interfaceEndpoints.map((name) => interfaceEndpointService(name, settings.region));
  const zones = await account.endpointZones(services);
  return services.map((service) => {
    const what = `endpoint ${service}`;
    const offered = zones.get(service);
    if (!offered) return { level: "stop" as const, what, detail: `${settings.region} has no such service` };
    const missing = needed.filter((zone) => !offered.includes(zone));
    return missing.length === 0
      ? { level: "ok" as const, what, detail: `in ${needed.join(", ") || "the zones that AWS chooses"}` }
      : {
          level: "stop" as const,
          what,
          detail: `not in ${missing.join(", ")}, only in ${offered.join(", ")}`,
        };
  });
}

/** Names of buckets are unique in all of AWS; ours end in the account's number. */
async function bucketFindings(plan: Plan, accountId: string, account: Account): Promise<Finding[]> {
  const names = plan.recording.resources
    .filter(({ type }) => type === "aws:s3/bucket:Bucket")
    .map(({ inputs }) => String(inputs.bucket).replace(DOCUMENTATION_ACCOUNT_ID, accountId));
  return Promise.all(
    names.map(async (name) => {
      const state = await account.bucket(name);
      const detail = {
        free: "free",
        ours: "there already, in this account",
        taken: "belongs to another account",
      }[state];
      return {
        level: state === "taken" ? ("stop" as const) : ("ok" as const),
        what: `bucket ${name}`,
        detail,
      };
    }),
  );
}

/** Roles that must be there before: the deployers, and what AWS makes when it is first used. */
async function roleFindings(
  { deployerRoleNames, hostingMode }: Settings,
  account: Account,
): Promise<Finding[]> {
  const deployers = await Promise.all(
    deployerRoleNames.map(async (path) => {
      const name = path.split("/").at(-1) ?? path;
      const isThere = await account.hasRole(name);
      return {
        level: isThere ? ("ok" as const) : ("stop" as const),
        what: `role ${name}`,
        detail: isThere ? "there" : "not there: npm run bootstrap makes it",
      };
    }),
  );
  if (hostingMode !== "realtime") return deployers;
  const linked = "AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint";
  const isThere = await account.hasRole(linked);
  const detail = isThere ? "there" : "made by AWS at the first scaling target, if the deployer may make it";
  return [...deployers, { level: "ok", what: `service-linked role ${linked}`, detail }];
}

async function tagFinding(settings: Settings, account: Account): Promise<Finding> {
  const what = "cost-allocation tags";
  const active = await account.activeCostTags();
  if (active === undefined)
    return { level: "later", what, detail: "only the organization's payer may ask: have it look" };
  const missing = Object.keys(costTags(settings)).filter((key) => !active.includes(key));
  return missing.length === 0
    ? { level: "ok", what, detail: "all active" }
    : {
        level: "later",
        what,
        detail: `not active: ${missing.join(", ")}; reports by tag stay empty until they are`,
      };
}
