import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { DEFAULT_DISPERSION, type Dispersion } from "../../forecasting/distribution/dispersion";
import { CATEGORIES } from "../../contracts/categories";
import { lakePaths } from "../../contracts/lake-layout";
import { type LakeSummary } from "../../forecasting/lake/schema";
import type { BaselineState } from "../../forecasting/baseline/state";
import { RECIPES, trainBoostedTrees } from "../../forecasting/models/boosted-trees";
import { readRowSet } from "../../runtime/training/row-set";
import { openSession } from "../../runtime/pipelines/session";
import { buildFeatures } from "../../runtime/features/build-features";
import { generateLake } from "../../runtime/generate/generate";
import type { NightModelFiles } from "../../runtime/scoring/score-blocks-task";
import { withThreadPool } from "../../runtime/engine/threads/thread-pool";
import { trainerPool } from "../../runtime/training/trainer-pool";
import { BENCH_FOLDER } from "./training-rows";

/** What a night needs besides the lake, as one JSON file. */
export interface NightInputs {
  readonly baseline: BaselineState;
  readonly models: NightModelFiles;
  readonly dispersions: readonly Dispersion[];
}

export interface NightSize {
  readonly stores: number;
  readonly skus: number;
}

/** A night looks back 118 days. */
const DAYS = 119;
/** A chain of a few stores to fit the factors and train the trees on; in production that is the weekly job. */
const TRAINING = { stores: 6, days: 200, targetDays: 14 } as const;
const SEED = 11;

/** The lake of the night; kept from run to run, since 178 million rows take two minutes to make. */
export async function nightLake({
  stores,
  skus,
}: NightSize): Promise<{ lake: string; summary: LakeSummary }> {
  const lake = join(BENCH_FOLDER, `night-${stores}x${skus}x${DAYS}`);
  const file = lakePaths.summary(lake);
  if (existsSync(file)) return { lake, summary: JSON.parse(readFileSync(file, "utf8")) as LakeSummary };
  await mkdir(BENCH_FOLDER, { recursive: true });
  const summary = await generateLake({ out: lake, stores, skus, days: DAYS, seed: SEED, truth: false });
  return { lake, summary };
}

/** The champion of the bench: 200 trees of depth 8, larger than the pipeline's own, so that scoring is not made easy. */
const CHAMPION = { objective: "count:poisson", rounds: 200, maxDepth: 8, learningRate: 0.1 } as const;
const CHALLENGER = { ...RECIPES.challenger, earlyStoppingRounds: 0 } as const;

/** Fits the baseline and trains a large champion and the pipeline's challenger of each category. */
export async function nightInputs({ skus }: NightSize): Promise<string> {
  const folder = join(BENCH_FOLDER, `night-training-${skus}`);
  const lake = join(folder, "lake");
  const features = join(folder, "features");
  await mkdir(folder, { recursive: true });
  const { stores, days, targetDays } = TRAINING;
  const summary = await generateLake({ out: lake, stores, skus, days, seed: SEED, truth: false });
  const cutoff = dayNumber(summary.cutoff);
  const from = cutoff - targetDays + 1;
  await buildFeatures({ lake, out: features, from: isoDate(from), to: summary.cutoff });
  const session = await openSession(lake);
  try {
    const baseline = await session.baseline.fit(cutoff);
    await session.baseline.predict(from, cutoff, cutoff);
    const models: { champion: unknown[]; challenger: unknown[] } = { champion: [], challenger: [] };
    await withThreadPool({ threads: 2 }, async (pool) => {
      for (const [code, category] of CATEGORIES.entries()) {
        const query = {
          features: `${features}/*/*.parquet`,
          from,
          to: cutoff,
          category: code,
          labelledOnly: true,
        };
        const rows = await readRowSet(session.database, query);
        for (const role of ["champion", "challenger"] as const) {
          const recipe = role === "champion" ? CHAMPION : CHALLENGER;
          const labelled = { ...rows.model, units: rows.units };
          const { model } = await trainBoostedTrees(category, labelled, recipe, undefined, trainerPool(pool));
          models[role].push({ kind: model.kind, file: model.save() });
        }
      }
    });
    const dispersions = CATEGORIES.map(() => DEFAULT_DISPERSION);
    const file = join(folder, "inputs.json");
    await writeFile(file, JSON.stringify({ baseline, models, dispersions }));
    return file;
  } finally {
    session.database.close();
  }
}
