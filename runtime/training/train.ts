import { isoDate } from "../../forecasting/calendar/day";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { RECIPES, type RecipeName, trainBoostedTrees } from "../../forecasting/models/boosted-trees";
import {
  type DemandModel,
  isClearlyBetter,
  type LabelledRows,
  poissonLoss,
} from "../../forecasting/models/demand-model";
import { trainSqlBaseline } from "../../forecasting/models/sql-baseline-model";
import type { TrainerPool } from "../../forecasting/trees/train-trees";
import type { ModelCard, ModelStore } from "../models/model-store";
import { labelledRowsAt, positionsOf, readRowSet, type RowSet } from "./row-set";
import type { ForecastSession } from "../pipelines/session";

export interface TrainOptions {
  readonly session: ForecastSession;
  /** Parquet files of buildFeatures, as a glob. */
  readonly features: string;
  readonly store: ModelStore;
  /** Rows after the training days, for early stopping; without labels nothing is stopped early. */
  readonly judged: RowSet;
  readonly pool?: TrainerPool;
  /** Rows that a category's trees learn from at most. @default 150,000 */
  readonly sampleRows?: number;
  readonly onProgress?: (detail: string) => void;
}

/** The versions of one category after a training. */
export interface CategoryModels {
  readonly category: Category;
  readonly baseline: DemandModel;
  readonly champion: DemandModel;
  readonly championCard: ModelCard;
  /** Absent when there was too little history for trees. */
  readonly challenger?: DemandModel;
  readonly challengerCard?: ModelCard;
}

export const SAMPLE_ROWS = 150_000;
/** Under so many rows trees learn noise: the SQL baseline serves. */
export const MINIMUM_TREE_ROWS = 2_000;

/** Trains champion and challenger of every category that the lake sells, each on its own rows, and stores them. */
export async function trainModels(options: TrainOptions): Promise<CategoryModels[]> {
  const models: CategoryModels[] = [];
  for (const [code, category] of CATEGORIES.entries()) {
    const rows = await trainingRows(options, code);
    if (rows.units.length === 0) continue;
    models.push(await trainCategory(options, category, code, rows));
  }
  if (models.length === 0)
    throw new Error("no day with a label to train on: every day is closed or sold out");
  return models;
}

async function trainingRows(
  { session, features, sampleRows }: TrainOptions,
  category: number,
): Promise<LabelledRows> {
  const { trainFrom, trainTo } = session.windows;
  const rows = await readRowSet(session.database, {
    features,
    from: trainFrom,
    to: trainTo,
    category,
    labelledOnly: true,
    sampleRows: sampleRows ?? SAMPLE_ROWS,
  });
  return { ...rows.model, units: rows.units };
}

async function trainCategory(
  options: TrainOptions,
  category: Category,
  code: number,
  rows: LabelledRows,
): Promise<CategoryModels> {
  const { windows } = options.session;
  const lastValidationDay = windows.trainTo + windows.validationDays;
  const inValidation = (row: number) =>
    options.judged.categories[row] === code && options.judged.days[row]! <= lastValidationDay;
  const validation = labelledRowsAt(options.judged, positionsOf(options.judged, inValidation));
  const baseline = trainSqlBaseline(category, rows);
  const labelled = positionsOf(options.judged, inValidation).filter(
    (row) => !Number.isNaN(options.judged.units[row]!),
  );
  const validationDays = Int32Array.from(labelled, (row) => options.judged.days[row]!);
  const context = { options, category, rows, validation, validationDays, baseline };
  if (
    windows.validationDays === 0 ||
    rows.units.length < MINIMUM_TREE_ROWS ||
    validation.units.length === 0
  ) {
    const remarks = [`${rows.units.length} rows: too few for trees, the SQL baseline serves`];
    const championCard = await saveModel(context, baseline, "champion", { trees: 0, remarks });
    return { category, baseline, champion: baseline, championCard };
  }
  const champion = await trainRole(context, "champion");
  const challenger = await trainRole(context, "challenger");
  return {
    category,
    baseline,
    champion: champion.model,
    championCard: champion.card,
    challenger: challenger.model,
    challengerCard: challenger.card,
  };
}

interface CategoryContext {
  readonly options: TrainOptions;
  readonly category: Category;
  readonly rows: LabelledRows;
  readonly validation: LabelledRows;
  /** Day of each validation row. */
  readonly validationDays: Int32Array;
  readonly baseline: DemandModel;
}

/** Trains one recipe; a model that is not clearly better than the baseline on the validation days gives way to it. */
async function trainRole(
  context: CategoryContext,
  role: RecipeName,
): Promise<{ model: DemandModel; card: ModelCard }> {
  const { options, category, rows, validation, baseline } = context;
  const recipe = {
    ...RECIPES[role],
    onRound: ({ round }: { round: number }) => options.onProgress?.(`${category} ${role}, tree ${round}`),
  };
  const { model, bestRound } = await trainBoostedTrees(category, rows, recipe, validation, options.pool);
  const [ours, theirs] = [model.score(validation), baseline.score(validation)];
  const losses = {
    validationLoss: poissonLoss(validation.units, ours),
    baselineLoss: poissonLoss(validation.units, theirs),
  };
  if (!isClearlyBetter(validation.units, ours, theirs, context.validationDays)) {
    const remarks = [
      "trees were not clearly better than the SQL baseline on the validation days: the baseline serves",
    ];
    return {
      model: baseline,
      card: await saveModel(context, baseline, role, { ...losses, trees: 0, remarks }),
    };
  }
  const card = await saveModel(context, model, role, { ...losses, trees: bestRound, remarks: [] });
  return { model, card };
}

async function saveModel(
  { options, rows }: CategoryContext,
  model: DemandModel,
  role: RecipeName,
  facts: Pick<ModelCard, "trees" | "remarks" | "validationLoss" | "baselineLoss">,
): Promise<ModelCard> {
  const trainedTo = isoDate(options.session.windows.trainTo);
  const card = await options.store.save(model, {
    role,
    trainedTo,
    trainingRows: rows.units.length,
    ...facts,
  });
  await options.store.point(role, model.category, card.version);
  return card;
}
