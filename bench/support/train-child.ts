/** The child of bench/trainer: loads Parquet, trains with two threads, writes the model; its lines are the time stamps. */
import { writeFileSync } from "node:fs";
import { trainTrees } from "../../forecasting/trees/train-trees";
import { toXgboostJson } from "../../forecasting/trees/xgboost-json-writer";
import { withThreadPool } from "../../runtime/engine/threads/thread-pool";
import { trainerPool } from "../../runtime/training/trainer-pool";
import { readTrainingRows } from "./training-rows";

async function main(file: string, out: string, rounds: number): Promise<void> {
  await withThreadPool({ threads: 2 }, async (pool) => {
    const data = await readTrainingRows(file);
    console.log("loaded");
    const options = {
      objective: "count:poisson",
      rounds,
      maxDepth: 8,
      learningRate: 0.1,
      maxBins: 255,
    } as const;
    const onRound = ({ round }: { round: number }) => {
      if (round === 1) console.log("first tree");
    };
    const { model } = await trainTrees(data, { ...options, onRound }, undefined, trainerPool(pool));
    console.log("trained");
    writeFileSync(out, toXgboostJson(model));
  });
}

const [file, out, rounds] = process.argv.slice(2);
void main(file!, out!, Number(rounds));
