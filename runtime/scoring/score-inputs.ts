import { CATEGORIES } from "../../contracts/categories";
import type { Variant } from "../../contracts/variants";
import { dayNumber } from "../../forecasting/calendar/day";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { readChosen } from "../baseline/chosen-file";
import { readBaseline } from "../baseline/read-baseline";
import { readEvaluation } from "../evaluation/evaluate";
import { readLake } from "../lake/read-lake";
import { ModelStore } from "../models/model-store";
import type { NightModels } from "./night-models";
import type { ModelFiles } from "./score-blocks-task";
import { readScoreTables, type ScoreTables } from "./score-tables";

/** Folders of what the sums of all passes are made from: a lake, and `fitBaseline`'s. */
export interface BaselineFolders {
  readonly lake: string;
  readonly baseline: string;
}

/** Folders of `trainModels` and `evaluate`: what the last pass needs besides. */
export interface ModelFolders {
  readonly models: string;
  readonly evaluation: string;
}

/** What all blocks share, in memory: some megabytes. */
export interface ScoreInputs {
  readonly lake: string;
  readonly cutoff: string;
  readonly fittedTo: string;
  readonly tables: ScoreTables;
}

export interface Scorers {
  readonly models: ModelFiles;
  /** Versions of the same models by category. */
  readonly versions: Pick<NightModels, Variant>;
  /** Spread of the champion's errors, one per category. */
  readonly dispersions: readonly Dispersion[];
}

export async function readScoreInputs({ lake, baseline }: BaselineFolders): Promise<ScoreInputs> {
  const { cutoff } = await readLake(lake);
  const state = await readBaseline(baseline);
  const tables = await readScoreTables(lake, dayNumber(cutoff), state, await readChosen(baseline));
  return { lake, cutoff, fittedTo: state.fittedTo, tables };
}

export async function readScorers({ models, evaluation }: ModelFolders): Promise<Scorers> {
  const { dispersions } = await readEvaluation(evaluation);
  const { files, versions } = await readModelFiles(models);
  return { models: files, versions, dispersions: dispersions.published };
}

async function readModelFiles(
  folder: string,
): Promise<{ readonly files: ModelFiles; readonly versions: Scorers["versions"] }> {
  const store = new ModelStore(folder);
  const versions: Record<Variant, NightModels[Variant]> = { champion: {}, challenger: {} };
  const filesOf = (role: Variant) =>
    Promise.all(
      CATEGORIES.map(async (category) => {
        const version = await store.current(role, category);
        if (version === undefined) return undefined;
        versions[role][category] = version;
        const { kind } = await store.card(category, version);
        return { kind, file: await store.file(category, version) };
      }),
    );
  const [champion, challenger] = [await filesOf("champion"), await filesOf("challenger")];
  return { files: { champion, challenger }, versions };
}
