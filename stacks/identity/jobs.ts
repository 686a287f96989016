import { bucketArn } from "../data-lake";
import { METRIC_NAMESPACE } from "../../contracts/metrics";
import { TRAINED_MODELS_PREFIX } from "../../contracts/model-artifact";
import type { Context } from "../context";
import { anyAlarmArn, sagemakerArns } from "./arns";
import {
  joinNetwork,
  keyGrants,
  listBuckets,
  publishMetrics,
  pullImages,
  readObjects,
  writeLogs,
  writeObjects,
} from "./grants";
import type { Foundation } from "./guards";
import type { RoleDefinition } from "./role-definition";
import { featureStoreTrust, sagemakerTrust } from "./trust";

/** Repository of the built-in XGBoost container. */
export const XGBOOST = "sagemaker-xgboost";
/** The same of DeepAR. */
export const DEEPAR = "forecasting-deepar";
/** Actions with which SageMaker lends its network interfaces to a job or model. */
export const INTERFACE_PERMISSIONS = [
  "ec2:CreateNetworkInterfacePermission",
  "ec2:DeleteNetworkInterfacePermission",
];

/** Cleans, computes features, evaluates, watches for drift; some of its jobs write the online store and metrics. */
export function processing(context: Context, { keys }: Foundation): RoleDefinition {
  return {
    description: "Processing jobs: clean data, compute features, evaluate and monitor models",
    trust: sagemakerTrust(context),
    policies: {
      data: [
        listBuckets(context, ["raw", "processed", "models", "results"]),
        readObjects(context, "ReadLake", [
          { bucket: "raw" },
          { bucket: "processed" },
          { bucket: "models" },
          { bucket: "results" },
        ]),
        writeObjects(context, "WriteDerivedData", [
          { bucket: "processed" },
          { bucket: "results" },
          // What was judged, before it is approved: nothing serves from there.
          { bucket: "models", prefixes: [TRAINED_MODELS_PREFIX] },
        ]),
        {
          Sid: "WriteFeatures",
          Effect: "Allow",
          Action: [
            "sagemaker:BatchGetRecord",
            "sagemaker:BatchWriteRecord",
            "sagemaker:DescribeFeatureGroup",
            "sagemaker:PutRecord",
          ],
          Resource: sagemakerArns(context, "feature-group"),
        },
      ],
      platform: [
        ...joinNetwork(context, ...INTERFACE_PERMISSIONS),
        ...pullImages(context),
        writeLogs(context, "/aws/sagemaker/ProcessingJobs"),
        publishMetrics("/aws/sagemaker/ProcessingJobs", METRIC_NAMESPACE),
      ],
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake", "featureStore"], onVolumes: ["dataLake"] }) },
  };
}

/** Reads training sets, writes artifacts; no path to raw data, results, models that are served or the online store. */
export function training(context: Context, { keys }: Foundation): RoleDefinition {
  return {
    description: "Training and tuning jobs: read training sets, write model artifacts",
    trust: sagemakerTrust(context),
    policies: {
      data: [
        listBuckets(context, ["processed", "models"]),
        readObjects(context, "ReadTrainingSets", [{ bucket: "processed" }]),
        // Not into the repositories that endpoints serve from: only release control publishes there.
        writeObjects(context, "WriteArtifacts", [{ bucket: "models", prefixes: [TRAINED_MODELS_PREFIX] }]),
      ],
      platform: [
        ...joinNetwork(context, ...INTERFACE_PERMISSIONS),
        ...pullImages(context, ...algorithmImages(context)),
        writeLogs(context, "/aws/sagemaker/TrainingJobs"),
        publishMetrics("/aws/sagemaker/TrainingJobs"),
      ],
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake"], onVolumes: ["dataLake"] }) },
  };
}

/** Built-in containers that train, and forecast a hold-out: DeepAR's where a category is trained with it. */
const algorithmImages = ({ settings }: Context) =>
  settings.trainingAlgorithms.some((entry) => entry.endsWith("=deepar")) ? [XGBOOST, DEEPAR] : [XGBOOST];

/** Endpoints and batch transform: models in, forecasts and captured requests out. */
export function inference(context: Context, { keys }: Foundation): RoleDefinition {
  return {
    description: "Models of endpoints and batch jobs: load artifacts, capture requests, write forecasts",
    trust: sagemakerTrust(context),
    policies: {
      data: [
        listBuckets(context, ["processed", "models", "results", "capture"]),
        readObjects(context, "LoadModelsAndInputs", [{ bucket: "models" }, { bucket: "processed" }]),
        writeObjects(context, "WriteForecastsAndCaptures", [{ bucket: "results" }, { bucket: "capture" }]),
      ],
      platform: [
        ...joinNetwork(context, ...INTERFACE_PERMISSIONS),
        ...pullImages(context, ...algorithmImages(context)),
        writeLogs(context, `/aws/sagemaker/Endpoints/${context.prefix}-*`, "/aws/sagemaker/TransformJobs"),
        publishMetrics("/aws/sagemaker/Endpoints", "/aws/sagemaker/TransformJobs"),
        {
          // A guarded update rolls back on these alarms.
          Sid: "DescribeAlarms",
          Effect: "Allow",
          Action: "cloudwatch:DescribeAlarms",
          Resource: anyAlarmArn(context),
        },
      ],
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake"], onVolumes: ["dataLake"] }) },
  };
}

/** Feature Store itself: writes the offline store and its table. */
export function featureStore(context: Context, { keys }: Foundation): RoleDefinition {
  const { accountId, region } = context;
  const glue = `arn:aws:glue:${region}:${accountId}`;
  const features = bucketArn(context, "features");
  return {
    description: "Feature Store: write the offline store and its tables",
    trust: featureStoreTrust(context),
    policies: {
      "offline-store": [
        {
          Sid: "WriteOfflineStore",
          Effect: "Allow",
          // It writes with an ACL for the bucket's owner, which S3 checks although ACLs are off.
          Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject", "s3:PutObjectAcl"],
          Resource: `${features}/offline/*`,
        },
        {
          Sid: "ReadOfflineStoreBucket",
          Effect: "Allow",
          Action: ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
          Resource: features,
        },
        {
          Sid: "UpdateOfflineStoreTables",
          Effect: "Allow",
          Action: ["glue:GetTable", "glue:UpdateTable"],
          Resource: [
            `${glue}:catalog`,
            `${glue}:database/sagemaker_featurestore`,
            `${glue}:table/sagemaker_featurestore/*`,
          ],
        },
      ],
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake", "featureStore"] }) },
  };
}
