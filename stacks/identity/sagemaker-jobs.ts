import type { Conditions, Statement } from "../../components/policy-document";
import type { Context } from "../context";
import { sagemakerArns } from "./arns";

/** Seconds after which SageMaker ends any job: twice what the weekly training of all categories takes at most. */
export const JOB_RUNTIME_MAX_SECONDS = 6 * 3600;

/** Processing jobs that call AWS from inside the network have names that start with the prefix and one of these. */
export const NETWORKED_PROCESSING = {
  "online-features": "writes the online store through the Feature Store endpoint",
  "model-monitor": "publishes accuracy and drift metrics through the CloudWatch endpoint",
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
        Null: present("InstanceTypes", "OutputKmsKey", "VolumeKmsKey"),
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
  const types = ["training-job", "processing-job", "transform-job", "hyper-parameter-tuning-job"];
  return [
    {
      Sid: "DescribeAndStopJobs",
      Effect: "Allow",
      Action: [
        "sagemaker:DescribeHyperParameterTuningJob",
        "sagemaker:DescribeModel",
        "sagemaker:DescribeProcessingJob",
        "sagemaker:DescribeTrainingJob",
        "sagemaker:DescribeTransformJob",
        "sagemaker:ListTags",
        "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
        "sagemaker:StopHyperParameterTuningJob",
        "sagemaker:StopProcessingJob",
        "sagemaker:StopTrainingJob",
        "sagemaker:StopTransformJob",
      ],
      Resource: sagemakerArns(context, ...types, "model"),
    },
    {
      // Step Functions marks the jobs that it starts; without the right to tag them no job starts.
      Sid: "TagJobs",
      Effect: "Allow",
      Action: "sagemaker:AddTags",
      Resource: sagemakerArns(context, ...types, "model"),
    },
  ];
}

function insideConditions({ settings }: Context, { isolated }: { isolated: boolean }): Conditions {
  return {
    Bool: {
      "sagemaker:InterContainerTrafficEncryption": "true",
      ...(isolated ? { "sagemaker:NetworkIsolation": "true" } : {}),
    },
    // True as well for a request without the key, hence Null.
    "ForAllValues:StringEquals": { "sagemaker:InstanceTypes": settings.jobInstanceTypes },
    Null: present("InstanceTypes", "OutputKmsKey", "VolumeKmsKey", "VpcSecurityGroupIds", "VpcSubnets"),
    NumericLessThanEquals: { "sagemaker:MaxRuntimeInSeconds": String(JOB_RUNTIME_MAX_SECONDS) },
  };
}

function present(...keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [`sagemaker:${key}`, "false"]));
}
