import type { Statement } from "../../components/policy-document";
import type { Context } from "../context";
import type { Persona } from "../settings";
import { sagemakerArns } from "./arns";
import { letServicesUseKeys, listBuckets, passRoles, readObjects, useKeys, writeObjects } from "./grants";
import { jobGuard, type GuardInputs } from "./guards";
import { readRegistry, registerPending } from "./registry";
import type { RoleDefinition } from "./role-definitions";
import { followJobs, startJobs } from "./sagemaker-jobs";
import { releaseStatements } from "./studio-release";
import { studioStatements } from "./studio-spaces";
import { sagemakerTrust } from "./trust";

/** Where people keep what they try out; jobs of the platform neither read nor write it. */
const EXPERIMENTS = "experiments/";
/** Results of Athena queries. */
const QUERIES = "queries/";

/** Who explores data and trains models: starts jobs and registers versions, but approves none. */
export function dataScientist(context: Context, guards: GuardInputs): RoleDefinition {
  return {
    description: "Data scientists in Studio: explore, start jobs, register models",
    ...person(context, guards, "data-scientist", {
      registry: [registerPending(context), readRegistry(context)],
    }),
  };
}

/** Who answers for what is live: approves and promotes versions that others registered, and rolls back. */
export function mlEngineer(context: Context, guards: GuardInputs): RoleDefinition {
  return {
    description: "ML engineers in Studio: run jobs, approve, promote and roll back models",
    ...person(context, guards, "ml-engineer", { release: releaseStatements(context) }),
  };
}

function person(
  context: Context,
  guards: GuardInputs,
  persona: Persona,
  own: Readonly<Record<string, readonly Statement[]>>,
): Omit<RoleDefinition, "description"> {
  const jobRoles = ["processing", "training", "inference"] as const;
  return {
    trust: { ...sagemakerTrust(context), sourceIdentity: true },
    policies: {
      studio: studioStatements(context, persona),
      data: [...dataStatements(context), ...queryStatements(context)],
      jobs: [
        ...startJobs(context),
        ...followJobs(context),
        passRoles(context, "sagemaker.amazonaws.com", ...jobRoles),
      ],
      ...own,
    },
    guards: { guard: jobGuard(guards) },
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
