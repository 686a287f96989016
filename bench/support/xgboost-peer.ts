import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runChild, type ChildRun } from "./child-process";

/** XGBoost's command line (Debian: apt-get install xgboost), the peer of the trees. */
export function xgboostVersion(): string | undefined {
  const { stdout, error } = spawnSync("xgboost", ["--version"], { encoding: "utf8" });
  return error ? undefined : stdout.trim();
}

/** Why the peer is missing. */
export const NO_XGBOOST = "no peer: xgboost is not on the PATH (apt-get install xgboost)";

const csv = (file: string) => `${file}.csv?format=csv&label_column=0`;

/** Trains `hist` on two threads; every round prints one line. */
export async function trainPeer(
  folder: string,
  train: string,
  model: string,
  rounds: number,
): Promise<ChildRun> {
  const config = join(folder, "train.conf");
  writeFileSync(config, `data="${csv(train)}"\n`);
  const learning = ["objective=count:poisson", "tree_method=hist", "max_depth=8", "eta=0.1", "max_bin=256"];
  const start = ["base_score=1", `num_round=${rounds}`, "nthread=2", `model_out=${model}`];
  return runChild("xgboost", [config, ...learning, ...start]);
}

/** Predicts rows of a CSV with a model file, on two threads. */
export async function predictPeer(
  folder: string,
  test: string,
  model: string,
  out: string,
): Promise<ChildRun> {
  const config = join(folder, "predict.conf");
  writeFileSync(config, `task=pred\ntest:data="${csv(test)}"\n`);
  return runChild("xgboost", [config, `model_in=${model}`, `name_pred=${out}`, "nthread=2", "verbosity=2"]);
}
