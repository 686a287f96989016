import type { RoleTrust } from "../../components/least-privilege-role";
import { EXPERIMENTS_PREFIX } from "../../contracts/model-artifact";
import type { Statement } from "../../components/policy-document";
import type { PolicySetArgs } from "../../components/policy-set";
import type { Context } from "../context";
import type { Persona } from "../settings-schema";
import { sagemakerArns } from "./arns";
import { keyGrants, passRoles, readDerivedData, writeObjects } from "./grants";
import { jobGuard, type Foundation } from "./guards";
import { readRegistry, registerPending } from "./registry";
import { followJobs, startJobs } from "./sagemaker-jobs";
import { releaseStatements } from "./studio-release";
import { studioStatements } from "./studio-spaces";
import { sagemakerTrust } from "./trust";

/** Results of Athena queries. */
const QUERIES = "queries/";

/** Who somebody in Studio is to the platform. */
export interface PersonaDefinition {
  readonly description: string;
  readonly trust: RoleTrust;
  readonly policies: PolicySetArgs["policies"];
  readonly documents: PolicySetArgs["documents"];
}

/** What people in Studio may do; each has a role of its own with the rights of one of these. */
export function personas(context: Context, foundation: Foundation): Record<Persona, PersonaDefinition> {
  return {
    // Explores data and trains models: starts jobs and registers versions, but approves none.
    "data-scientist": {
      description: "Data scientists in Studio: explore, start jobs, register models",
      ...person(context, foundation, "data-scientist", {
        registry: [registerPending(context), ...readRegistry(context)],
      }),
    },
    // Answers for what is live: approves and promotes versions that others registered, and rolls back.
    "ml-engineer": {
      description: "ML engineers in Studio: run jobs, approve, promote and roll back models",
      ...person(context, foundation, "ml-engineer", { release: releaseStatements(context) }),
    },
  };
}

function person(
  context: Context,
  foundation: Foundation,
  persona: Persona,
  own: PolicySetArgs["policies"],
): Omit<PersonaDefinition, "description"> {
  return {
    trust: { ...sagemakerTrust(context), sourceIdentity: true },
    policies: {
      studio: studioStatements(context, persona),
      data: [...dataStatements(context), ...queryStatements(context)],
      jobs: [
        ...startJobs(context),
        ...followJobs(context),
        // The platform's own job roles are passed by its state machines alone.
        passRoles(context, "sagemaker.amazonaws.com", "experiment"),
      ],
      ...own,
    },
    documents: {
      guard: jobGuard(foundation),
      keys: keyGrants(foundation.keys, { use: ["dataLake", "featureStore"], onVolumes: ["dataLake"] }),
    },
  };
}

/** Derived data only: raw transactions are for the jobs that clean them. */
function dataStatements(context: Context): Statement[] {
  return [
    ...readDerivedData(context),
    writeObjects(context, "WriteExperiments", [
      { bucket: "processed", prefixes: [EXPERIMENTS_PREFIX] },
      { bucket: "models", prefixes: [EXPERIMENTS_PREFIX] },
      { bucket: "results", prefixes: [EXPERIMENTS_PREFIX, QUERIES] },
    ]),
    {
      Sid: "ReadOnlineFeatures",
      Effect: "Allow",
      Action: ["sagemaker:BatchGetRecord", "sagemaker:DescribeFeatureGroup", "sagemaker:GetRecord"],
      Resource: sagemakerArns(context, "feature-group"),
    },
  ];
}

/** The offline store by Athena: its tables stand in the database that SageMaker makes. */
function queryStatements({ accountId, region }: Context): Statement[] {
  const glue = `arn:aws:glue:${region}:${accountId}`;
  const catalog = `${glue}:catalog`;
  const database = `${glue}:database/sagemaker_featurestore`;
  return [
    {
      Sid: "QueryOfflineStore",
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
      Sid: "ReadOfflineStoreTables",
      Effect: "Allow",
      Action: ["glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
      Resource: [catalog, database, `${glue}:table/sagemaker_featurestore/*`],
    },
    {
      Sid: "DescribeOfflineStore",
      Effect: "Allow",
      Action: "glue:GetDatabase",
      Resource: [catalog, database],
    },
  ];
}
