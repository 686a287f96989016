import type { Plan } from "../../preview/plan-environment";
import type { RecordedResource } from "../../preview/recorded-resource";
import { PlanError } from "../../preview/plan-error";
import { namePrefix } from "../../stacks/context";
import { DOCUMENTATION_ACCOUNT_ID } from "../../stacks/deployment-target";
import type { Settings } from "../../stacks/settings-schema";
import { endpointsOfPlan } from "../rollout/endpoints-of-plan";
import { ownerTags } from "../rollout/owner-tags";

/** What belongs to one environment, by the names and tags of its plan. */
export interface CleanupScope {
  readonly region: string;
  readonly accountId: string;
  /** `smartretail-dev`: every name that the platform makes at run time begins with it. */
  readonly prefix: string;
  /** Tags without which a thing is not ours, whatever its name. */
  readonly tags: Readonly<Record<string, string>>;
  readonly endpointNames: readonly string[];
  /** Names as the program gives them; what exists has a generated end. */
  readonly configurationNames: readonly string[];
  readonly modelNames: readonly string[];
  readonly domainNames: readonly string[];
  readonly featureGroupNames: readonly string[];
  readonly modelPackageGroupNames: readonly string[];
  /** The bucket of access logs last: emptying the others still writes into it. */
  readonly bucketNames: readonly string[];
  readonly repositoryNames: readonly string[];
  readonly logGroupNames: readonly string[];
}

const BUCKET = "aws:s3/bucket:Bucket";

/** @throws PlanError where the plan's resources do not carry the tags that prove whose a thing is */
export function cleanupScope(plan: Plan, settings: Settings, accountId: string): CleanupScope {
  const { resources } = plan.recording;
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  // A plan is made in the documentation's account; bucket names carry the account.
  const live = (name: unknown) => textOf(name).replace(DOCUMENTATION_ACCOUNT_ID, accountId);
  const texts = (type: string, input: string) => ofType(type).map(({ inputs }) => live(inputs[input]));
  const logBuckets = new Set(
    ofType("aws:s3/bucketLogging:BucketLogging").map(({ inputs }) => live(inputs["targetBucket"])),
  );
  return {
    region: plan.region,
    accountId,
    prefix: namePrefix(settings),
    tags: ownerTags(ofType(BUCKET)[0]?.inputs["tags"], "buckets"),
    endpointNames: endpointsOfPlan(plan.recording).map(({ endpointName }) => endpointName),
    configurationNames: ofType("aws:sagemaker/endpointConfiguration:EndpointConfiguration").map(nameOf),
    modelNames: ofType("aws:sagemaker/model:Model").map(nameOf),
    domainNames: texts("aws:sagemaker/domain:Domain", "domainName"),
    featureGroupNames: texts("aws:sagemaker/featureGroup:FeatureGroup", "featureGroupName"),
    modelPackageGroupNames: texts(
      "aws:sagemaker/modelPackageGroup:ModelPackageGroup",
      "modelPackageGroupName",
    ),
    bucketNames: texts(BUCKET, "bucket").sort((a, b) => rank(a, logBuckets) - rank(b, logBuckets)),
    repositoryNames: texts("aws:ecr/repository:Repository", "name"),
    logGroupNames: texts("aws:cloudwatch/logGroup:LogGroup", "name"),
  };
}

const rank = (bucket: string, logBuckets: ReadonlySet<string>) => (logBuckets.has(bucket) ? 1 : 0);
const nameOf = ({ name }: RecordedResource) => name;

function textOf(value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new PlanError("a name is unknown in the plan: cleanup deletes nothing that it cannot name");
}

/** Whether `tags` prove that a thing is of this environment. */
export function isOurs(
  tags: Readonly<Record<string, string | undefined>>,
  scope: Pick<CleanupScope, "tags">,
): boolean {
  return Object.entries(scope.tags).every(([key, value]) => tags[key] === value);
}
