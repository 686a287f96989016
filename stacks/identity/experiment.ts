import { EXPERIMENTS_PREFIX } from "../../contracts/model-artifact";
import type { Context } from "../context";
import {
  joinNetwork,
  keyGrants,
  publishMetrics,
  pullImages,
  readDerivedData,
  writeLogs,
  writeObjects,
} from "./grants";
import type { Foundation } from "./guards";
import { DEEPAR, INTERFACE_PERMISSIONS, XGBOOST } from "./jobs";
import type { RoleDefinition } from "./role-definition";
import { sagemakerTrust } from "./trust";

/**
 * What people's jobs run as, and the one role that people may pass: it reads no more than they do themselves, neither raw
 * receipts nor captured requests, and writes where experiments belong. What a job reads and writes SageMaker moves with the
 * job's role, so a container without a network is no fence: the role is.
 */
export function experiment(context: Context, { keys }: Foundation): RoleDefinition {
  return {
    description: "Jobs that people start: read derived data, write experiments",
    trust: sagemakerTrust(context),
    policies: {
      data: [
        ...readDerivedData(context),
        writeObjects(context, "WriteExperiments", [
          { bucket: "processed", prefixes: [EXPERIMENTS_PREFIX] },
          { bucket: "models", prefixes: [EXPERIMENTS_PREFIX] },
          { bucket: "results", prefixes: [EXPERIMENTS_PREFIX] },
        ]),
      ],
      platform: [
        ...joinNetwork(context, ...INTERFACE_PERMISSIONS),
        ...pullImages(context, XGBOOST, DEEPAR),
        writeLogs(
          context,
          "/aws/sagemaker/ProcessingJobs",
          "/aws/sagemaker/TrainingJobs",
          "/aws/sagemaker/TransformJobs",
        ),
        publishMetrics(
          "/aws/sagemaker/ProcessingJobs",
          "/aws/sagemaker/TrainingJobs",
          "/aws/sagemaker/TransformJobs",
        ),
      ],
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake", "featureStore"], onVolumes: ["dataLake"] }) },
  };
}
