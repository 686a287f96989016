import { inDocument, type Breakage } from "./support/breakage";
import { ACCOUNT } from "./support/fixture";
import { T } from "./security/breakages/types";

/** A mistake in the production plan, the rule that must find it, and what its message must say. */
export interface ProductionMistake {
  readonly title: string;
  readonly rule: string;
  readonly says: RegExp;
  readonly mistake: Breakage;
}

const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/training`;

/** Mistakes in a training task that stands in a Map in a Parallel. */
export const TASK_MISTAKES: readonly ProductionMistake[] = [
  {
    title: "a training task on demand, inside a Map inside a Parallel",
    rule: "cost-job-spot",
    says: /state Fit trains on demand: EnableManagedSpotTraining is not true.*Set EnableManagedSpotTraining/s,
    mistake: nestedTraining({ Arguments: { ...trainingArguments(), EnableManagedSpotTraining: false } }),
  },
  {
    title: "spot as the execution's input likes",
    rule: "cost-job-spot",
    says: /state Fit takes EnableManagedSpotTraining from its input/,
    mistake: nestedTraining({
      Arguments: { ...trainingArguments(), EnableManagedSpotTraining: "{% $states.input.spot %}" },
    }),
  },
  {
    title: "a training task whose arguments are all computed",
    rule: "sm-asl-train-isolated",
    says: /state Fit starts a training job without EnableNetworkIsolation/,
    mistake: nestedTraining({ Arguments: "{% $states.input %}" }),
  },
  {
    title: "a training task in an empty network",
    rule: "sm-asl-train-vpc",
    says: /state Fit starts a training job outside the VPC/,
    mistake: nestedTraining({ Arguments: { ...trainingArguments(), VpcConfig: {} } }),
  },
  {
    title: "a training task in whatever network its input names",
    rule: "sm-asl-train-vpc",
    says: /state Fit takes the network of a training job from its input/,
    mistake: nestedTraining({
      Parameters: { ...trainingArguments(), VpcConfig: undefined, "VpcConfig.$": "$.vpc" },
    }),
  },
  {
    title: "results encrypted with an empty key",
    rule: "sm-asl-train-kms",
    says: /state Fit writes results without a key of ours/,
    mistake: nestedTraining({
      Arguments: { ...trainingArguments(), OutputDataConfig: { S3OutputPath: "s3://models/", KmsKeyId: "" } },
    }),
  },
];

function trainingArguments(): Record<string, unknown> {
  return {
    AlgorithmSpecification: { TrainingImage: "image", TrainingInputMode: "File" },
    EnableManagedSpotTraining: true,
    EnableNetworkIsolation: true,
    OutputDataConfig: { KmsKeyId: "alias/lake", S3OutputPath: "s3://models/" },
    ResourceConfig: {
      InstanceCount: 1,
      InstanceType: "ml.m5.xlarge",
      VolumeKmsKeyId: "alias/lake",
      VolumeSizeInGB: 10,
    },
    RoleArn: ROLE_ARN,
    StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
    VpcConfig: { SecurityGroupIds: ["sg-1"], Subnets: ["subnet-1", "subnet-2"] },
  };
}

/** The machine with a training task in a Map in a Parallel, called through the SDK integration. */
function nestedTraining(call: Record<string, unknown>): Breakage {
  const fit = {
    Type: "Task",
    Resource: "arn:aws:states:::aws-sdk:sagemaker:createTrainingJob",
    ...call,
    TimeoutSeconds: 60,
    Retry: [],
    Catch: [],
    End: true,
  };
  const each = {
    Type: "Map",
    MaxConcurrency: 2,
    ItemProcessor: { StartAt: "Fit", States: { Fit: fit } },
    End: true,
  };
  const both = { Type: "Parallel", Branches: [{ StartAt: "Each", States: { Each: each } }], End: true };
  return inDocument(T.machine, "definition", "a nested training task", (root) => {
    const machine = root as unknown as { States: Record<string, unknown> };
    machine.States.Both = both;
  });
}
