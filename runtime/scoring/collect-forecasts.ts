import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import {
  type Completeness,
  type LevelCalibration,
  type LiveVersion,
  RUN_DOCUMENTS,
} from "../../contracts/run-documents";
import { readEvaluation } from "../evaluation/evaluate";
import { replaceFolder } from "../engine/files/replace-folder";
import { newBlockQueue, threadsFor } from "../engine/threads/block-queue";
import { withThreadPool } from "../engine/threads/thread-pool";
import { readLake } from "../lake/read-lake";
import { COLLECT_BLOCKS } from "./collect-task";
import { completenessOf } from "./completeness";
import { type NightModels, writeNightModels } from "./night-models";

export interface CollectOptions {
  readonly lake: string;
  /** Folder of `evaluate`: the spread of errors. */
  readonly evaluation: string;
  /** Folder of the transform jobs, `<variant>/<category>/` below it. */
  readonly answers: string;
  /** Folder of the forecasts, as `batchScore` writes them, and completeness.json; replaced as a whole. */
  readonly out: string;
  /** What answered: the night is compared by it. @default not said */
  readonly versions?: readonly LiveVersion[];
  /** Those of other versions than the champions among `versions` change nothing. @default none */
  readonly calibrations?: readonly Omit<LevelCalibration, "until">[];
  /** @default 2 */
  readonly threads?: number;
}

/** The forecasts of a night out of what the models answered, and what is missing in them. */
export async function collectForecasts(options: CollectOptions): Promise<Completeness> {
  const { lake, evaluation, answers, versions = [] } = options;
  const factors = factorsOf(versions, options.calibrations ?? []);
  const { cutoff, blocks } = await readLake(lake);
  const { dispersions } = await readEvaluation(evaluation);
  return replaceFolder(options.out, async (out) => {
    const task = {
      lake,
      answers,
      cutoff,
      queue: newBlockQueue(blocks),
      dispersions: dispersions.published,
      ...(factors ? { factors: CATEGORIES.map((category) => factors[category] ?? 1) } : {}),
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
    if (options.versions) {
      const calibrations = factors ? { calibrations: factors } : {};
      await writeNightModels(out, { ...nightModels(cutoff, versions), ...calibrations });
    }
    return completeness;
  });
}

/** Undefined where nothing is calibrated: the night is then written as if there were no such thing. */
function factorsOf(
  versions: readonly LiveVersion[],
  calibrations: readonly Omit<LevelCalibration, "until">[],
): Partial<Record<Category, number>> | undefined {
  const serving = calibrations.filter((calibration) =>
    versions.some(
      ({ variant, category, version }) =>
        variant === "champion" && category === calibration.category && version === calibration.version,
    ),
  );
  if (serving.length === 0) return undefined;
  return Object.fromEntries(serving.map(({ category, factor }) => [category, factor]));
}

function nightModels(cutoff: string, versions: readonly LiveVersion[]): NightModels {
  const models: NightModels = { cutoff, champion: {}, challenger: {} };
  for (const { variant, category, version } of versions) models[variant][category] = version;
  return models;
}
