import { joined, jsonata, quoted } from "../../asl/expression";
import { flow } from "../../asl/flow";
import type { Catcher, MapState, TaskState } from "../../asl/states";
import { CATEGORIES } from "../../contracts/categories";
import { DEEPAR_INFERENCE } from "../deepar";
import { SERIES_SET } from "../../contracts/series-set";
import { SERVED_MODELS_PREFIX } from "../../contracts/model-artifact";
import { TRANSFORM_KEYS } from "../../contracts/run-documents";
import { VARIANTS } from "../../contracts/variants";
import type { MachinePlace } from "../place";
import { jobNameSource } from "../run-names";
import { callTask } from "./call";
import { JOB_RETRIES } from "./retries";
import { tagList } from "./tag-list";

/** The container takes six megabytes a request at most, and says so. */
const PAYLOAD_MEGABYTES = 6;
/** A transform job has no limit of its own: the state's ends it. */
const TRANSFORM_SECONDS = 3600;

const PURPOSE = '$states.input.variant & "-" & $states.input.category';

/**
 * Scores a category with each model that is live: a Model for the one archive (multi-model ones cannot be transformed with),
 * the job, and the Model away again. The keys and the baseline travel beside the row: the filters keep them from the model and
 * put them before its answer. Its result is one `{ variant, category, cause? }` per model.
 *
 * @param live source of the list of LiveVersion
 * @param input source of the S3 URI with a folder a category
 * @param answers source of the S3 URI for a folder a variant and category
 */
export function scoreEachModel(
  place: MachinePlace,
  { live, input, answers }: { live: string; input: string; answers: string },
): MapState {
  const failed = {
    ErrorEquals: ["States.ALL"],
    Assign: { cause: jsonata("$states.errorOutput.Cause") },
    Next: "DeleteModel",
  };
  const item = '{"variant": $model.variant, "category": $model.category';
  const archive = `s3://${place.buckets.models}/${SERVED_MODELS_PREFIX}`;
  return {
    Type: "Map",
    Items: jsonata(live),
    MaxConcurrency: CATEGORIES.length * VARIANTS.length,
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      ...flow({
        NameModel: {
          Type: "Pass",
          Assign: {
            model: jsonata("$states.input"),
            modelName: jsonata(jobNameSource(place.prefix, PURPOSE)),
            archive: joined`${JSON.stringify(archive)}${"$states.input.variant"}/${"$states.input.category"}/${"$states.input.version"}.tar.gz`,
            cause: jsonata('""'),
          },
        },
        CreateModel: createModel(place, place.images.xgboost, failed),
        ScoreCategory: transform(place, input, answers, failed),
        DeleteModel: callTask(
          "aws-sdk:sagemaker:deleteModel",
          { ModelName: jsonata("$modelName") },
          {
            output: jsonata(`${item}, "cause": $cause}`),
            // A model that is left costs nothing, and the night is more.
            catches: [
              { ErrorEquals: ["States.ALL"], Output: jsonata(`${item}, "cause": $cause}`), Next: "Scored" },
            ],
          },
        ),
        Scored: { Type: "Succeed" },
      }),
    },
  };
}

/** A Model of `$archive` under `$modelName`, for one transform. */
export function createModel(place: MachinePlace, image: string, failed: Catcher): TaskState {
  return callTask(
    "sagemaker:createModel",
    {
      ModelName: jsonata("$modelName"),
      ExecutionRoleArn: place.roles.inference,
      PrimaryContainer: { Image: image, ModelDataUrl: jsonata("$archive") },
      EnableNetworkIsolation: true,
      Tags: tagList(place),
      VpcConfig: { SecurityGroupIds: [...place.securityGroupIds], Subnets: [...place.subnetIds] },
    },
    { catches: [failed] },
  );
}

function transform(place: MachinePlace, input: string, answers: string, failed: Catcher): TaskState {
  const { instanceType, instanceCount } = place.sizes.transform;
  const keys = TRANSFORM_KEYS.map((_, i) => i).join(",");
  return {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createTransformJob.sync",
    Arguments: {
      TransformJobName: jsonata(jobNameSource(place.prefix, '$model.variant & "-" & $model.category')),
      ModelName: jsonata("$modelName"),
      BatchStrategy: "MultiRecord",
      MaxPayloadInMB: PAYLOAD_MEGABYTES,
      TransformInput: {
        DataSource: {
          S3DataSource: { S3DataType: "S3Prefix", S3Uri: joined`${input}/${"$model.category"}/` },
        },
        ContentType: "text/csv",
        SplitType: "Line",
        CompressionType: "None",
      },
      TransformOutput: {
        S3OutputPath: joined`${answers}/${"$model.variant"}/${"$model.category"}`,
        Accept: "text/csv",
        AssembleWith: "Line",
        KmsKeyId: place.kmsKeyArn,
      },
      TransformResources: {
        InstanceCount: instanceCount,
        InstanceType: instanceType,
        VolumeKmsKeyId: place.kmsKeyArn,
      },
      DataProcessing: {
        InputFilter: `$[${TRANSFORM_KEYS.length}:]`,
        JoinSource: "Input",
        OutputFilter: `$[${keys},-1]`,
      },
      Tags: tagList(place),
    },
    TimeoutSeconds: TRANSFORM_SECONDS,
    Retry: JOB_RETRIES,
    Catch: [failed],
  };
}

/**
 * Asks DeepAR for the hold-out of a series set. The container takes one series a request, and AWS's defaults for cutting and putting
 * together fail with it: https://docs.aws.amazon.com/sagemaker/latest/dg/deepar-in-formats.html
 *
 * @param series source of the S3 URI of the set; @param answers of the S3 URI for the answers
 */
export function seriesTransform(
  place: MachinePlace,
  series: string,
  answers: string,
  failed: Catcher,
): TaskState {
  const { instanceType, instanceCount } = place.sizes.transform;
  return {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createTransformJob.sync",
    Arguments: {
      TransformJobName: jsonata(jobNameSource(place.prefix, '"holdout-" & $category')),
      ModelName: jsonata("$modelName"),
      BatchStrategy: "SingleRecord",
      MaxPayloadInMB: PAYLOAD_MEGABYTES,
      Environment: { DEEPAR_INFERENCE_CONFIG: JSON.stringify(DEEPAR_INFERENCE) },
      TransformInput: {
        DataSource: {
          S3DataSource: { S3DataType: "S3Prefix", S3Uri: joined`${series}/${quoted(SERIES_SET.requests)}/` },
        },
        ContentType: "application/jsonlines",
        SplitType: "Line",
        CompressionType: "None",
      },
      TransformOutput: {
        S3OutputPath: jsonata(answers),
        Accept: "application/jsonlines",
        AssembleWith: "Line",
        KmsKeyId: place.kmsKeyArn,
      },
      TransformResources: {
        InstanceCount: instanceCount,
        InstanceType: instanceType,
        VolumeKmsKeyId: place.kmsKeyArn,
      },
      Tags: tagList(place),
    },
    TimeoutSeconds: TRANSFORM_SECONDS,
    Retry: JOB_RETRIES,
    Catch: [failed],
  };
}
