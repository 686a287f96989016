import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Completeness, RUN_DOCUMENTS } from "../../contracts/run-documents";
import { readEvaluation } from "../evaluation/evaluate";
import { replaceFolder } from "../engine/files/replace-folder";
import { newBlockQueue, threadsFor } from "../engine/threads/block-queue";
import { withThreadPool } from "../engine/threads/thread-pool";
import { readLake } from "../lake/read-lake";
import { COLLECT_BLOCKS } from "./collect-task";
import { completenessOf } from "./completeness";

export interface CollectOptions {
  readonly lake: string;
  /** Folder of `evaluate`: the spread of errors. */
  readonly evaluation: string;
  /** Folder of the transform jobs, `<variant>/<category>/` below it. */
  readonly answers: string;
  /** Folder of the forecasts, as `batchScore` writes them, and completeness.json; replaced as a whole. */
  readonly out: string;
  /** @default 2 */
  readonly threads?: number;
}

/** The forecasts of a night out of what the models answered, and what is missing in them. */
export async function collectForecasts(options: CollectOptions): Promise<Completeness> {
  const { lake, evaluation, answers } = options;
  const { cutoff, blocks } = await readLake(lake);
  const { dispersions } = await readEvaluation(evaluation);
  return replaceFolder(options.out, async (out) => {
    const task = {
      lake,
      answers,
      cutoff,
      queue: newBlockQueue(blocks),
      dispersions: dispersions.published,
      out,
    };
    const lacks = await withThreadPool({ threads: threadsFor(blocks, options.threads) }, (pool) =>
      pool.run(
        COLLECT_BLOCKS,
        Array.from({ length: pool.threads }, () => task),
      ),
    );
    const completeness = completenessOf(lacks.flat());
    await writeFile(join(out, RUN_DOCUMENTS.completeness), `${JSON.stringify(completeness, undefined, 2)}\n`);
    return completeness;
  });
}
