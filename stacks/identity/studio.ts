import type { Statement } from "../../components/policy-document";
import type { Context } from "../context";
import type { Persona } from "../settings";
import {
  anySagemakerArns,
  executionArn,
  functionArns,
  modelPackageArns,
  parameterArns,
  sagemakerArns,
  stateMachineArn,
} from "./arns";
import { jobGuard, type GuardInputs } from "./guards";
import {
  letServicesUseKeys,
  listBuckets,
  passRoles,
  readObjects,
  useKeys,
  writeLogs,
  writeObjects,
} from "./grants";
import type { RoleDefinition } from "./role-definitions";
import { followJobs, startJobs } from "./sagemaker-jobs";
import { sagemakerTrust } from "./trust";

/** Where people keep what they try out; jobs of the platform neither read nor write it. */
const EXPERIMENTS = "experiments/";
/** Results of Athena queries. */
const QUERIES = "queries/";

/** Who explores data and trains models: starts jobs and registers versions, but approves none. */
export function dataScientist(context: Context, guards: GuardInputs): RoleDefinition {
  return {
    description: "Data scientists in Studio: explore, start jobs, register models",
    trust: { ...sagemakerTrust(context), sourceIdentity: true },
    policies: {
      studio: studioStatements(context, "data-scientist"),
      data: [...dataStatements(context), ...queryStatements(context)],
      jobs: [
        ...startJobs(context),
        ...followJobs(context),
        passRoles(context, "sagemaker.amazonaws.com", "processing", "training", "inference"),
      ],
      registry: [registerPending(context), readRegistry(context)],
    },
    guards: { guard: jobGuard(guards) },
  };
}

/** Who answers for what is live: approves and promotes versions that others registered, and rolls back. */
export function mlEngineer(context: Context, guards: GuardInputs): RoleDefinition {
  return {
    description: "ML engineers in Studio: run jobs, approve, promote and roll back models",
    trust: { ...sagemakerTrust(context), sourceIdentity: true },
    policies: {
      studio: studioStatements(context, "ml-engineer"),
      data: [...dataStatements(context), ...queryStatements(context)],
      jobs: [
        ...startJobs(context),
        ...followJobs(context),
        passRoles(context, "sagemaker.amazonaws.com", "processing", "training", "inference"),
      ],
      release: releaseStatements(context),
    },
    guards: { guard: jobGuard(guards) },
  };
}

/** A version enters the registry as a proposal; whoever may approve may not propose. */
export function registerPending(context: Context): Statement {
  return {
    Sid: "RegisterPendingVersions",
    Effect: "Allow",
    Action: "sagemaker:CreateModelPackage",
    Resource: modelPackageArns(context),
    Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
  };
}

export function readRegistry(context: Context): Statement {
  return {
    Sid: "ReadTheRegistry",
    Effect: "Allow",
    Action: [
      "sagemaker:DescribeModelPackage",
      "sagemaker:DescribeModelPackageGroup",
      "sagemaker:ListModelPackages",
    ],
    Resource: modelPackageArns(context),
  };
}

function studioStatements(context: Context, persona: Persona): Statement[] {
  const { accountId, region, settings } = context;
  const sagemaker = `arn:aws:sagemaker:${region}:${accountId}`;
  // IAM fills in the profile of the session; the domain's id is not known beforehand.
  const own = "${sagemaker:DomainId}";
  const owner = `${sagemaker}:user-profile/${own}/\${sagemaker:UserProfileName}`;
  const privateAndOwn = {
    ArnLike: { "sagemaker:OwnerUserProfileArn": owner },
    StringEquals: { "sagemaker:SpaceSharingType": "Private" },
  };
  return [
    {
      Sid: "OwnPrivateSpaces",
      Effect: "Allow",
      Action: ["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"],
      Resource: `${sagemaker}:space/${own}/*`,
      Condition: privateAndOwn,
    },
    {
      Sid: "AppsInOwnSpaces",
      Effect: "Allow",
      Action: "sagemaker:CreateApp",
      Resource: `${sagemaker}:app/${own}/*/*/*`,
      Condition: {
        ...privateAndOwn,
        "ForAllValues:StringEquals": {
          // Apps without an instance of their own call theirs "system".
          "sagemaker:InstanceTypes": [...settings.studioInstanceTypes, "system"],
        },
      },
    },
    {
      Sid: "StopAppsInOwnSpaces",
      Effect: "Allow",
      Action: "sagemaker:DeleteApp",
      Resource: `${sagemaker}:app/${own}/*/*/*`,
      Condition: privateAndOwn,
    },
    {
      Sid: "TagSpacesAndApps",
      Effect: "Allow",
      Action: ["sagemaker:AddTags", "sagemaker:ListTags"],
      Resource: [`${sagemaker}:app/${own}/*`, `${sagemaker}:space/${own}/*`],
    },
    {
      Sid: "OpenStudio",
      Effect: "Allow",
      Action: [
        "sagemaker:DescribeApp",
        "sagemaker:DescribeDomain",
        "sagemaker:DescribeSpace",
        "sagemaker:DescribeUserProfile",
      ],
      Resource: anySagemakerArns(context, "app", "domain", "space", "user-profile"),
    },
    {
      Sid: "FindThings",
      Effect: "Allow",
      Action: [
        "sagemaker:ListApps",
        "sagemaker:ListDomains",
        "sagemaker:ListEndpointConfigs",
        "sagemaker:ListEndpoints",
        "sagemaker:ListFeatureGroups",
        "sagemaker:ListHyperParameterTuningJobs",
        "sagemaker:ListModelPackageGroups",
        "sagemaker:ListModels",
        "sagemaker:ListProcessingJobs",
        "sagemaker:ListSpaces",
        "sagemaker:ListTrainingJobs",
        "sagemaker:ListTransformJobs",
        "sagemaker:ListUserProfiles",
        "sagemaker:Search",
      ],
      // Lists and searches are over the account: these actions have no resource.
      Resource: "*",
    },
    {
      Sid: "SeeMetrics",
      Effect: "Allow",
      Action: ["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"],
      // CloudWatch reads metrics without naming a resource.
      Resource: "*",
    },
    writeLogs(context, `/aws/sagemaker/studio`),
    readJobLogs(context, persona),
  ];
}

function readJobLogs({ accountId, region }: Context, persona: Persona): Statement {
  const groups = ["ProcessingJobs", "TrainingJobs", "TransformJobs"];
  const arns = [...groups, ...(persona === "ml-engineer" ? ["Endpoints/*"] : [])].map(
    (name) => `arn:aws:logs:${region}:${accountId}:log-group:/aws/sagemaker/${name}`,
  );
  return {
    Sid: "ReadJobLogs",
    Effect: "Allow",
    Action: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
    Resource: arns.flatMap((arn) => [arn, `${arn}:*`]),
  };
}

/** Derived data only: raw transactions are for the jobs that clean them. */
function dataStatements(context: Context): Statement[] {
  return [
    listBuckets(context, ["processed", "features", "models", "results"]),
    readObjects(context, "ReadDerivedData", [
      { bucket: "processed" },
      { bucket: "features" },
      { bucket: "models" },
      { bucket: "results" },
    ]),
    writeObjects(context, "WriteExperiments", [
      { bucket: "processed", prefixes: [EXPERIMENTS] },
      { bucket: "models", prefixes: [EXPERIMENTS] },
      { bucket: "results", prefixes: [EXPERIMENTS, QUERIES] },
    ]),
    useKeys(context, ["data-lake", "feature-store"]),
    letServicesUseKeys(context, ["data-lake"]),
    {
      Sid: "ReadFeatures",
      Effect: "Allow",
      Action: ["sagemaker:BatchGetRecord", "sagemaker:DescribeFeatureGroup", "sagemaker:GetRecord"],
      Resource: sagemakerArns(context, "feature-group"),
    },
  ];
}

/** The offline store by Athena: its tables stand in the database that SageMaker makes. */
function queryStatements({ accountId, region }: Context): Statement[] {
  const glue = `arn:aws:glue:${region}:${accountId}`;
  return [
    {
      Sid: "QueryTheOfflineStore",
      Effect: "Allow",
      Action: [
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetWorkGroup",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: `arn:aws:athena:${region}:${accountId}:workgroup/primary`,
    },
    {
      Sid: "ReadTheOfflineStoresTables",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
      Resource: [
        `${glue}:catalog`,
        `${glue}:database/sagemaker_featurestore`,
        `${glue}:table/sagemaker_featurestore/*`,
      ],
    },
  ];
}

/** Approving in the registry, and promoting or rolling back by the machines and the function that own the endpoints. */
function releaseStatements(context: Context): Statement[] {
  return [
    readRegistry(context),
    {
      Sid: "ApproveOrReject",
      Effect: "Allow",
      Action: "sagemaker:UpdateModelPackage",
      Resource: sagemakerArns(context, "model-package"),
      Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": ["Approved", "Rejected"] } },
    },
    {
      Sid: "RunStateMachines",
      Effect: "Allow",
      Action: ["states:DescribeStateMachine", "states:ListExecutions", "states:StartExecution"],
      Resource: stateMachineArn(context),
    },
    {
      Sid: "FollowStateMachines",
      Effect: "Allow",
      Action: ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"],
      Resource: executionArn(context),
    },
    {
      Sid: "AskReleaseControl",
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: functionArns(context, "release-control"),
    },
    {
      Sid: "SeeWhatIsLive",
      Effect: "Allow",
      Action: ["sagemaker:DescribeEndpoint", "sagemaker:InvokeEndpoint"],
      Resource: sagemakerArns(context, "endpoint"),
    },
    {
      Sid: "SeeItsConfiguration",
      Effect: "Allow",
      Action: "sagemaker:DescribeEndpointConfig",
      // Pulumi names configurations: a new one replaces the old.
      Resource: anySagemakerArns(context, "endpoint-config"),
    },
    {
      Sid: "ReadModelPointers",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParametersByPath"],
      Resource: parameterArns(context, "models/*", "endpoints/*", "outputs/*"),
    },
  ];
}
