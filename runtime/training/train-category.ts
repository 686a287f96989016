import type { Category } from "../../contracts/categories";
import type { Variant } from "../../contracts/variants";
import { isoDate } from "../../forecasting/calendar/day";
import type { BacktestWindows } from "../../forecasting/evaluation/windows";
import { RECIPES, trainBoostedTrees } from "../../forecasting/models/boosted-trees";
import {
  type DemandModel,
  isClearlyBetter,
  type LabelledRows,
  poissonLoss,
} from "../../forecasting/models/demand-model";
import { type SqlBaselineModel, sqlBaselineModel } from "../../forecasting/models/sql-baseline-model";
import { featureImportance } from "../../forecasting/trees/feature-importance";
import type { TrainerPool } from "../../forecasting/trees/train-trees";
import type { TreeModel } from "../../forecasting/trees/tree-model";
import type { ModelCard, ModelStore } from "../models/model-store";

/** What a training made of one category. */
export interface CategoryReport {
  readonly category: Category;
  readonly champion: ModelCard;
  /** Absent when there was too little history for trees. */
  readonly challenger?: ModelCard;
  /** The features that the champion's trees use most; none where the baseline serves. */
  readonly importance: readonly { readonly feature: string; readonly gainShare: number }[];
}

export interface CategoryTraining {
  readonly category: Category;
  readonly rows: LabelledRows;
  readonly validation: LabelledRows;
  /** Day of each validation row. */
  readonly validationDays: Int32Array;
  readonly windows: BacktestWindows;
  readonly store: ModelStore;
  readonly pool?: TrainerPool;
  readonly onProgress?: (detail: string) => void;
}

/** Fewest rows to train trees on; with fewer the chosen baseline serves. */
const MINIMUM_TREE_ROWS = 2_000;
const REPORTED_FEATURES = 8;
/** Share of absolute error that a model may lose where it is clearly better in likelihood. */
const LOST_ERROR = 0.01;

/** Trains one category: both recipes where there are rows enough, and points both roles at what serves. */
export async function trainCategory(training: CategoryTraining): Promise<CategoryReport> {
  const { category, rows, validation, windows } = training;
  const baseline = sqlBaselineModel(category);
  const about = { category };
  const isShort = windows.validationDays === 0 || validation.units.length === 0;
  if (isShort || rows.units.length < MINIMUM_TREE_ROWS) {
    const warnings = [`${rows.units.length} rows: too few for trees, the chosen baseline serves`];
    const champion = await saveModel(training, baseline, "champion", { trees: 0, warnings });
    return { ...about, champion, importance: [] };
  }
  const champion = await trainRole(training, baseline, "champion");
  const challenger = await trainRole(training, baseline, "challenger");
  return {
    ...about,
    champion: champion.card,
    challenger: challenger.card,
    importance: champion.trees ? importanceOf(champion.trees) : [],
  };
}

/** Trains one recipe; a model that is not clearly better than the baseline on the validation days gives way to it. */
async function trainRole(
  training: CategoryTraining,
  baseline: SqlBaselineModel,
  role: Variant,
): Promise<{ card: ModelCard; trees?: TreeModel }> {
  const { category, rows, validation, validationDays, pool, onProgress } = training;
  const recipe = {
    ...RECIPES[role],
    onRound: ({ round }: { round: number }) => onProgress?.(`${category} ${role}, tree ${round}`),
  };
  const { model, bestRound } = await trainBoostedTrees(category, rows, recipe, validation, pool);
  const [ours, theirs] = [model.score(validation), baseline.score(validation)];
  const losses = {
    validationLoss: poissonLoss(validation.units, ours),
    baselineLoss: poissonLoss(validation.units, theirs),
  };
  const isBetter =
    isClearlyBetter(validation.units, ours, theirs, validationDays) &&
    absoluteError(validation.units, ours) <= absoluteError(validation.units, theirs) * (1 + LOST_ERROR);
  if (!isBetter) {
    const warnings = [
      "trees were not clearly better than the chosen baseline on the validation days: the baseline serves",
    ];
    return { card: await saveModel(training, baseline, role, { ...losses, trees: 0, warnings }) };
  }
  const card = await saveModel(training, model, role, { ...losses, trees: bestRound, warnings: [] });
  return { card, trees: model.trees };
}

/** What people read as WAPE, and the median's error more than the mean's: a model may lose a tie by it, not more. */
function absoluteError(units: Float32Array, forecast: Float32Array): number {
  return units.reduce((sum, value, row) => sum + Math.abs(value - forecast[row]!), 0);
}

async function saveModel(
  { store, windows, rows }: CategoryTraining,
  model: DemandModel,
  role: Variant,
  facts: Pick<ModelCard, "trees" | "warnings" | "validationLoss" | "baselineLoss">,
): Promise<ModelCard> {
  const trainedTo = isoDate(windows.trainTo);
  const card = await store.save(model, { role, trainedTo, trainingRows: rows.units.length, ...facts });
  await store.point(role, model.category, card.version);
  return card;
}

function importanceOf(trees: TreeModel): CategoryReport["importance"] {
  return featureImportance(trees)
    .filter(({ gainShare }) => gainShare > 0)
    .slice(0, REPORTED_FEATURES)
    .map(({ feature, gainShare }) => ({ feature, gainShare }));
}
