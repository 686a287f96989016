import { CostExplorerClient, ListCostAllocationTagsCommand } from "@aws-sdk/client-cost-explorer";
import { DescribeVpcEndpointServicesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  ServiceQuotasClient,
  type ServiceQuota,
} from "@aws-sdk/client-service-quotas";
import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { callerOf } from "../caller";
import type { Account, Quota } from "./account";

/** What every client of the AWS SDK takes. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler?: STSClientConfig["requestHandler"];
}

/** Cost Explorer has one endpoint for the world. */
const COST_EXPLORER_REGION = "us-east-1";

/** The account of the caller's credentials, asked and never changed. */
export function awsAccount(settings: ClientSettings): Account {
  const sts = new STSClient(settings);
  const serviceQuotas = new ServiceQuotasClient(settings);
  const ec2 = new EC2Client(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: settings.endpoint !== undefined });
  const iam = new IAMClient(settings);
  const costs = new CostExplorerClient({ ...settings, region: COST_EXPLORER_REGION });
  return {
    identity: () => callerOf(sts),
    quotas: async (service) =>
      new Map([...(await defaults(serviceQuotas, service)), ...(await applied(serviceQuotas, service))]),
    endpointZones: (names) => endpointZones(ec2, names),
    bucket: (name) => bucketState(s3, name),
    hasRole: (name) => answers(iam.send(new GetRoleCommand({ RoleName: name })), "NoSuchEntityException"),
    activeCostTags: () => activeCostTags(costs),
  };
}

async function defaults(client: ServiceQuotasClient, service: string): Promise<[string, Quota][]> {
  const pages = paginateListAWSDefaultServiceQuotas({ client }, { ServiceCode: service });
  return byName(pages);
}

/** Quotas that AWS or a request has set for this account; they come before the defaults. */
async function applied(client: ServiceQuotasClient, service: string): Promise<[string, Quota][]> {
  return byName(paginateListServiceQuotas({ client }, { ServiceCode: service }));
}

async function byName(pages: AsyncIterable<{ Quotas?: ServiceQuota[] }>): Promise<[string, Quota][]> {
  const quotas: [string, Quota][] = [];
  for await (const { Quotas = [] } of pages) {
    for (const { QuotaName = "", QuotaCode = "", Value = 0, Adjustable = false } of Quotas) {
      quotas.push([QuotaName, { code: QuotaCode, value: Value, isAdjustable: Adjustable }]);
    }
  }
  return quotas;
}

/** Asked for all and filtered here: naming a service that does not exist is an error for the whole question. */
async function endpointZones(client: EC2Client, names: readonly string[]): Promise<Map<string, string[]>> {
  const zones = new Map<string, string[]>();
  let next: string | undefined;
  do {
    const { ServiceDetails = [], NextToken } = await client.send(
      new DescribeVpcEndpointServicesCommand({ NextToken: next }),
    );
    for (const { ServiceName = "", AvailabilityZones = [] } of ServiceDetails) {
      if (names.includes(ServiceName)) zones.set(ServiceName, AvailabilityZones);
    }
    next = NextToken;
  } while (next !== undefined && next !== "");
  return zones;
}

async function bucketState(client: S3Client, name: string): Promise<"free" | "ours" | "taken"> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: name }));
    return "ours";
  } catch (error) {
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 404) return "free";
    // Forbidden or elsewhere: somebody has it.
    if ($metadata?.httpStatusCode === 403 || $metadata?.httpStatusCode === 301) return "taken";
    throw error;
  }
}

async function activeCostTags(client: CostExplorerClient): Promise<string[] | undefined> {
  try {
    const tags: string[] = [];
    let next: string | undefined;
    do {
      const answer = await client.send(
        new ListCostAllocationTagsCommand({ Status: "Active", Type: "UserDefined", NextToken: next }),
      );
      for (const { TagKey } of answer.CostAllocationTags ?? []) if (TagKey !== undefined) tags.push(TagKey);
      next = answer.NextToken;
    } while (next !== undefined);
    return tags;
  } catch (error) {
    // A member account of an organization may not ask.
    if (["AccessDeniedException", "ValidationException"].includes((error as Error).name)) return undefined;
    throw error;
  }
}

async function answers(request: Promise<unknown>, notThere: string): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if ((error as Error).name === notThere) return false;
    throw error;
  }
}
