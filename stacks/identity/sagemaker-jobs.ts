import type { Conditions, Statement } from "../../components/policy-document";
import type { Context } from "../context";
import { sagemakerArns } from "./arns";

/** Seconds after which SageMaker ends any job: twice what the weekly training of all categories takes at most. */
export const JOB_RUNTIME_MAX_SECONDS = 6 * 3600;

/** Processing jobs that call AWS from inside the network have names that start with the prefix and one of these. */
export const NETWORKED_PROCESSING = {
  "online-features": "writes the online store through the Feature Store endpoint",
} as const;

/** Kinds of jobs, API name and ARN type. */
const JOB_TYPES = {
  HyperParameterTuningJob: "hyper-parameter-tuning-job",
  ProcessingJob: "processing-job",
  TrainingJob: "training-job",
  TransformJob: "transform-job",
} as const;

/** Jobs that keep data on a volume and write results: both take a key. */
export const ENCRYPTED_JOBS = Object.keys(JOB_TYPES).map((job) => `sagemaker:Create${job}`);

/**
 * The keys that a job is given, each under both of its names in IAM. AWS's service reference has `...KmsKeyArn` alone and
 * calls the shorter names deprecated; its guide still shows those. A condition on one of them could reject every job, or
 * bind none, depending on which one a request carries.
 */
export const JOB_KMS_KEYS = {
  Volume: ["sagemaker:VolumeKmsKey", "sagemaker:VolumeKmsKeyArn"],
  Output: ["sagemaker:OutputKmsKey", "sagemaker:OutputKmsKeyArn"],
} as const;

/**
 * Starting jobs, but only such that stay inside: in the network, with the lake's key on volumes and results, without
 * internet in the container, of the allowed sizes and no longer than the limit. Which subnets, group and key, the guard
 * says (guards.ts), for their ids are not known in a first preview.
 */
export function startJobs(context: Context): Statement[] {
  const jobs = (sid: string, action: string, type: string): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Action: `sagemaker:${action}`,
    Resource: sagemakerArns(context, type),
    Condition: insideConditions(context, { isolated: true }),
  });
  return [
    jobs("StartTraining", "CreateTrainingJob", "training-job"),
    jobs("StartProcessing", "CreateProcessingJob", "processing-job"),
    jobs("StartTuning", "CreateHyperParameterTuningJob", "hyper-parameter-tuning-job"),
    {
      // The network and the isolation of a transform job are those of its model.
      Sid: "StartTransform",
      Effect: "Allow",
      Action: "sagemaker:CreateTransformJob",
      Resource: sagemakerArns(context, "transform-job"),
      Condition: {
        "ForAllValues:StringEquals": { "sagemaker:InstanceTypes": context.settings.jobInstanceTypes },
        Null: present("InstanceTypes"),
      },
    },
    {
      Sid: "CreateIsolatedModels",
      Effect: "Allow",
      Action: "sagemaker:CreateModel",
      Resource: sagemakerArns(context, "model"),
      Condition: {
        Bool: { "sagemaker:NetworkIsolation": "true" },
        Null: present("VpcSecurityGroupIds", "VpcSubnets"),
      },
    },
    ...Object.entries(JOB_KMS_KEYS).map(([output, names]): Statement => ({
      Sid: `DenyJobsWithout${output}Key`,
      Effect: "Deny",
      Action: ENCRYPTED_JOBS,
      Resource: "*",
      // Neither name is in the request.
      Condition: { Null: Object.fromEntries(names.map((name) => [name, "true"])) },
    })),
  ];
}

/** Processing jobs whose containers call AWS: by name only, and otherwise as confined as the others. */
export function startNetworkedProcessing(context: Context): Statement {
  const { accountId, region, prefix } = context;
  return {
    Sid: "StartNetworkedProcessing",
    Effect: "Allow",
    Action: "sagemaker:CreateProcessingJob",
    Resource: Object.keys(NETWORKED_PROCESSING).map(
      (kind) => `arn:aws:sagemaker:${region}:${accountId}:processing-job/${prefix}-${kind}-*`,
    ),
    Condition: insideConditions(context, { isolated: false }),
  };
}

/** Following and stopping the platform's jobs. */
export function followJobs(context: Context): Statement[] {
  return [
    ...stopJobs(context),
    {
      Sid: "ListTrainingsOfTuning",
      Effect: "Allow",
      Action: "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
      Resource: sagemakerArns(context, JOB_TYPES.HyperParameterTuningJob),
    },
    {
      Sid: "DescribeModels",
      Effect: "Allow",
      Action: "sagemaker:DescribeModel",
      Resource: sagemakerArns(context, "model"),
    },
    { ...tagJobs(context), Action: ["sagemaker:AddTags", "sagemaker:ListTags"] },
  ];
}

/** What whoever starts a job needs until it has ended. */
export function stopJobs(context: Context): Statement[] {
  return Object.entries(JOB_TYPES).map(([job, type]): Statement => ({
    Sid: `DescribeAndStop${job}s`,
    Effect: "Allow",
    Action: [`sagemaker:Describe${job}`, `sagemaker:Stop${job}`],
    Resource: sagemakerArns(context, type),
  }));
}

/** Step Functions marks the jobs that it starts; without the right to tag them no job starts. */
export function tagJobs(context: Context): Statement {
  return {
    Sid: "TagJobs",
    Effect: "Allow",
    Action: "sagemaker:AddTags",
    Resource: sagemakerArns(context, ...Object.values(JOB_TYPES), "model"),
  };
}

function insideConditions({ settings }: Context, { isolated }: { isolated: boolean }): Conditions {
  return {
    Bool: {
      "sagemaker:InterContainerTrafficEncryption": "true",
      ...(isolated ? { "sagemaker:NetworkIsolation": "true" } : {}),
    },
    // True as well for a request without the key, hence Null.
    "ForAllValues:StringEquals": { "sagemaker:InstanceTypes": settings.jobInstanceTypes },
    Null: present("InstanceTypes", "VpcSecurityGroupIds", "VpcSubnets"),
    NumericLessThanEquals: { "sagemaker:MaxRuntimeInSeconds": String(JOB_RUNTIME_MAX_SECONDS) },
  };
}

function present(...keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [`sagemaker:${key}`, "false"]));
}
