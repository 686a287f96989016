import { mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Json } from "../../../asl/states";
import { packModelArchive } from "../../../contracts/model-archive";
import { trainTrees, type TrainingData } from "../../../forecasting/trees/train-trees";
import type { TrainableObjective, TreeOptions } from "../../../forecasting/trees/tree-options";
import { toXgboostJson } from "../../../forecasting/trees/xgboost-json-writer";
import { StateError } from "../../../asl/interpreter/state-error";
import { Database } from "../../engine/duckdb/database";
import { replaceFile } from "../../engine/files/replace-file";
import { withThreadPool } from "../../engine/threads/thread-pool";
import { readChannel } from "../../training/read-channel";
import { trainerPool } from "../../training/trainer-pool";
import type { TreeModel } from "../../../forecasting/trees/tree-model";
import type { LocalCloud } from "./local-cloud";
import type { ServiceCall } from "./services";

export interface TrainingRequest {
  readonly TrainingJobName: string;
  readonly HyperParameters: Readonly<Record<string, string>>;
  readonly InputDataConfig: readonly {
    readonly ChannelName: string;
    readonly DataSource: { readonly S3DataSource: { readonly S3Uri: string } };
  }[];
  readonly OutputDataConfig: { readonly S3OutputPath: string };
}

const THREADS = 2;
const MEMORY_MEGABYTES = 700;

/** A training job of the built-in XGBoost by this program's own trees: the same files, parameters and model file. */
export async function createTrainingJob({ cloud, given }: ServiceCall<TrainingRequest>): Promise<Json> {
  if ("prediction_length" in given.HyperParameters)
    throw new StateError(
      "States.TaskFailed",
      "DeepAR is trained in SageMaker's container only: on this computer xgboost is allowed",
    );
  const [train, validation] = await readChannels(given, (uri) => cloud.pathOf(uri));
  const uri = archiveUri(given, given.TrainingJobName);
  await saveModel(cloud, uri, await trainOn(train, validation, given.HyperParameters));
  return {
    TrainingJobName: given.TrainingJobName,
    TrainingJobStatus: "Completed",
    ModelArtifacts: { S3ModelArtifacts: uri },
  };
}

export async function trainOn(
  train: TrainingData,
  validation: TrainingData | undefined,
  parameters: TrainingRequest["HyperParameters"],
): Promise<TreeModel> {
  const { model } = await withThreadPool({ threads: THREADS }, (pool) =>
    trainTrees(train, optionsOf(parameters), validation, trainerPool(pool)),
  );
  return model;
}

/** Where a training job leaves its model. */
export function archiveUri(
  { OutputDataConfig }: Pick<TrainingRequest, "OutputDataConfig">,
  job: string,
): string {
  return `${OutputDataConfig.S3OutputPath.replace(/\/$/, "")}/${job}/output/model.tar.gz`;
}

export async function saveModel(cloud: LocalCloud, uri: string, model: TreeModel): Promise<void> {
  const path = cloud.pathOf(uri);
  mkdirSync(dirname(path), { recursive: true });
  await replaceFile(path, (part) => writeFile(part, packModelArchive(toXgboostJson(model))));
}

export async function readChannels(
  { InputDataConfig }: Pick<TrainingRequest, "InputDataConfig">,
  pathOf: (uri: string) => string,
) {
  const database = await Database.open({ memoryMegabytes: MEMORY_MEGABYTES });
  try {
    const read = async (name: string) => {
      const channel = InputDataConfig.find(({ ChannelName }) => ChannelName === name);
      return channel && readChannel(database, pathOf(channel.DataSource.S3DataSource.S3Uri));
    };
    const [train, validation] = [await read("train"), await read("validation")];
    if (!train) throw new StateError("States.TaskFailed", "ClientError: channel train holds no file");
    return [train, validation] as const;
  } finally {
    database.close();
  }
}

/** Parameters of XGBoost that decide the trees, by the names of this program's. */
const NUMBERS: Readonly<Record<string, keyof TreeOptions>> = {
  num_round: "rounds",
  max_depth: "maxDepth",
  eta: "learningRate",
  min_child_weight: "minChildWeight",
  lambda: "lambda",
  subsample: "subsample",
  colsample_bytree: "colsampleByTree",
  max_bin: "maxBins",
  early_stopping_rounds: "earlyStoppingRounds",
  seed: "seed",
  tweedie_variance_power: "tweedieVariancePower",
};
/** Said by the files and the algorithm already. */
const FIXED: Readonly<Record<string, string>> = {
  csv_weights: "1",
  tree_method: "hist",
  // Only reported: early stopping takes the loss of the objective.
  eval_metric: "poisson-nloglik",
};

function optionsOf(parameters: TrainingRequest["HyperParameters"]): TreeOptions {
  const { objective, ...others } = parameters;
  const options: Record<string, unknown> = { objective: objective as TrainableObjective };
  for (const [name, text] of Object.entries(others)) {
    const own = NUMBERS[name];
    if (own !== undefined) options[own] = Number(text);
    else if (FIXED[name] !== text)
      throw new StateError("States.TaskFailed", `hyperparameter ${name}=${text} is not known here`);
  }
  return options as unknown as TreeOptions;
}
