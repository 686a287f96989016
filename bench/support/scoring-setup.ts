import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { lakePaths } from "../../contracts/lake-layout";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { DEFAULT_DISPERSION } from "../../forecasting/distribution/dispersion";
import type { LakeSummary } from "../../forecasting/lake/schema";
import { RECIPES, trainBoostedTrees } from "../../forecasting/models/boosted-trees";
import { fitBaseline } from "../../runtime/baseline/fit-baseline";
import { withThreadPool } from "../../runtime/engine/threads/thread-pool";
import type { Evaluation } from "../../runtime/evaluation/evaluate";
import { generateLake } from "../../runtime/generate/generate";
import { withLake } from "../../runtime/lake/lake-views";
import { windowsOf } from "../../runtime/lake/windows-of";
import { ModelStore } from "../../runtime/models/model-store";
import type { ModelFolders } from "../../runtime/scoring/score-inputs";
import { readRowSet } from "../../runtime/training/row-set";
import { trainerPool } from "../../runtime/training/trainer-pool";
import { buildAllFeatures } from "./all-features";
import { BENCH_FOLDER } from "./training-rows";

export interface ChainSize {
  readonly stores: number;
  readonly skus: number;
}

/** Scoring looks back 118 days. */
const DAYS = 119;
/** A chain of a few stores to fit the factors and train the trees on; in production that is the weekly job. */
const TRAINING = { stores: 6, days: 200, targetDays: 14 } as const;
const SEED = 11;

/** The lake that is scored; kept from run to run, since 178 million rows take two minutes to make. */
export async function scoringLake({
  stores,
  skus,
}: ChainSize): Promise<{ lake: string; summary: LakeSummary }> {
  const lake = join(BENCH_FOLDER, `scoring-${stores}x${skus}x${DAYS}`);
  const file = lakePaths.summary(lake);
  if (existsSync(file)) return { lake, summary: JSON.parse(readFileSync(file, "utf8")) as LakeSummary };
  await mkdir(BENCH_FOLDER, { recursive: true });
  const summary = await generateLake({ out: lake, stores, skus, days: DAYS, seed: SEED, truth: false });
  return { lake, summary };
}

/** The champion of the bench: 200 trees of depth 8, larger than the pipeline's own, so that scoring is not made easy. */
const CHAMPION = { objective: "count:poisson", rounds: 200, maxDepth: 8, learningRate: 0.1 } as const;
const CHALLENGER = { ...RECIPES.challenger, earlyStoppingRounds: 0 } as const;

/** Folders of a small chain; `lake` and `features` are what the others were made from. */
export interface ScoringInputs extends ModelFolders {
  readonly lake: string;
  readonly features: string;
  readonly baseline: string;
}

/** Fits the baseline and trains a large champion and the pipeline's challenger of each category, on a small chain. */
export async function scoringInputs({ skus }: ChainSize): Promise<ScoringInputs> {
  const folder = join(BENCH_FOLDER, `scoring-training-${skus}`);
  const at = (name: string) => join(folder, name);
  const [lake, features, baseline, models] = [at("lake"), at("features"), at("baseline"), at("models")];
  const { stores, days } = TRAINING;
  await mkdir(folder, { recursive: true });
  const summary = await generateLake({ out: lake, stores, skus, days, seed: SEED, truth: false });
  const { trainFrom } = windowsOf(lake, summary);
  await fitBaseline({ lake, out: baseline });
  await buildAllFeatures({ lake, out: features, from: isoDate(trainFrom), to: summary.cutoff });
  await trainBoth(lake, { features, baseline }, models, dayNumber(summary.cutoff));
  await mkdir(at("evaluation"), { recursive: true });
  const spread = CATEGORIES.map(() => DEFAULT_DISPERSION);
  const evaluation: Evaluation = {
    windows: windowsOf(lake, summary),
    storeCount: stores,
    dispersions: { validation: spread, published: spread },
    plots: [],
    selection: [],
  };
  await writeFile(join(at("evaluation"), "evaluation.json"), JSON.stringify(evaluation));
  return { lake, features, baseline, models, evaluation: at("evaluation") };
}

async function trainBoth(
  lake: string,
  rowsFrom: { readonly features: string; readonly baseline: string },
  models: string,
  cutoff: number,
): Promise<void> {
  const store = new ModelStore(models);
  const range = { from: cutoff - TRAINING.targetDays + 1, to: cutoff };
  await withLake(lake, { memoryMegabytes: 700 }, (database) =>
    withThreadPool({ threads: 2 }, async (pool) => {
      for (const [code, category] of CATEGORIES.entries()) {
        const query = { ...rowsFrom, ...range, category: code, labelledOnly: true };
        const rows = await readRowSet(database, query);
        for (const role of ["champion", "challenger"] as const) {
          const recipe = role === "champion" ? CHAMPION : CHALLENGER;
          const labelled = { ...rows.model, units: rows.units };
          const { model } = await trainBoostedTrees(category, labelled, recipe, undefined, trainerPool(pool));
          const about = { trainedTo: isoDate(cutoff), trainingRows: rows.rowCount, trees: recipe.rounds };
          const { version } = await store.save(model, { role, ...about, warnings: [] });
          await store.point(role, category, version);
        }
      }
    }),
  );
}
