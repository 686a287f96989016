import { joined, jsonata, quoted } from "../../asl/expression";
import type { TaskState } from "../../asl/states";
import type { MachinePlace } from "../place";
import { callTask } from "./call";

/** A SageMaker ClientToken has at most 36 characters: the call is safe to repeat. */
const CLIENT_TOKEN = '$token & "-" & $category';

/** The container that a version runs in, and what that takes and answers. */
interface Packaging {
  readonly image: string;
  readonly contentType: string;
}

const packagedTrees = ({ images }: MachinePlace): Packaging => ({
  image: images.xgboost,
  contentType: "text/csv",
});

export const packagedSeries = ({ images }: MachinePlace): Packaging => ({
  image: images.deepar,
  contentType: "application/jsonlines",
});

/**
 * Proposes the judged version of `$category`: its archive, the verdict as its metrics, and what it was made of. Assigns
 * `packageArn`.
 */
export function registerVersion(place: MachinePlace, how: Packaging = packagedTrees(place)): TaskState {
  const text = (source: string) => jsonata(`$string(${source})`);
  const { instanceType } = place.sizes.transform;
  return callTask(
    "aws-sdk:sagemaker:createModelPackage",
    {
      ModelPackageGroupName: joined`${quoted(`${place.prefix}-`)}${"$category"}`,
      ModelPackageDescription: joined`Forecast of ${"$category"}, trained to ${"$verdict.trainedTo"}`,
      ModelApprovalStatus: "PendingManualApproval",
      InferenceSpecification: {
        Containers: [
          {
            Image: how.image,
            ModelDataUrl: jsonata('$judged & "/" & $verdict.version & ".tar.gz"'),
          },
        ],
        SupportedContentTypes: [how.contentType],
        SupportedResponseMIMETypes: [how.contentType],
        SupportedTransformInstanceTypes: [instanceType],
      },
      ModelMetrics: {
        ModelQuality: {
          Statistics: { ContentType: "application/json", S3Uri: jsonata('$judged & "/verdict.json"') },
        },
      },
      CustomerMetadataProperties: {
        version: jsonata("$verdict.version"),
        trainedTo: jsonata("$verdict.trainedTo"),
        archive: jsonata("$archive"),
        trainingSet: jsonata("$trainingSetUri"),
        lake: jsonata("$lake"),
        processingImage: place.images.processing,
        execution: jsonata("$states.context.Execution.Id"),
        wape: text("$verdict.wape"),
        championWape: text("$verdict.championWape"),
        bestSimpleWape: text("$verdict.bestSimpleWape"),
        naiveWape: text("$verdict.naiveWape"),
        bias: text("$verdict.bias"),
      },
      ClientToken: jsonata(CLIENT_TOKEN),
    },
    { assign: { packageArn: jsonata("$states.result.ModelPackageArn"), looks: 0 } },
  );
}

export function approveVersion(): TaskState {
  return callTask("aws-sdk:sagemaker:updateModelPackage", {
    ModelPackageArn: jsonata("$packageArn"),
    ModelApprovalStatus: "Approved",
    ApprovalDescription: "Accepted by the gate; this environment approves what the gate accepts",
  });
}

/** Assigns `approval`, what the registry says now. */
export function readApproval(): TaskState {
  return callTask(
    "aws-sdk:sagemaker:describeModelPackage",
    { ModelPackageName: jsonata("$packageArn") },
    { assign: { approval: jsonata("$states.result.ModelApprovalStatus"), looks: jsonata("$looks + 1") } },
  );
}

/**
 * Puts what was approved where the challenger's endpoint and the nights load it from. The name holds a hash of the content: writing it
 * twice writes the same.
 *
 * @param file source of the name below the category
 */
export function copyToChallenger(place: MachinePlace, file: string): TaskState {
  const { models } = place.buckets;
  return callTask("aws-sdk:s3:copyObject", {
    Bucket: models,
    Key: joined`mme/challenger/${"$category"}/${file}`,
    CopySource: jsonata(`$substringAfter($judged, "s3://") & "/" & ${file}`),
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: place.kmsKeyArn,
  });
}
