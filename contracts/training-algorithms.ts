import type { Category } from "./categories";

/**
 * What a category's candidates are trained with, both SageMaker's own:
 *
 *   xgboost   trees on top of the baseline: their answer is a factor, for the endpoint and for the nights
 *   deepar    a network over whole series: trained, judged and registered, and served nowhere (docs/adr/0102)
 */
export const TRAINING_ALGORITHMS = ["xgboost", "deepar"] as const;
type TrainingAlgorithm = (typeof TRAINING_ALGORITHMS)[number];

/** Categories that are not listed are trained with xgboost. */
export type CategoryAlgorithms = Readonly<Partial<Record<Category, TrainingAlgorithm>>>;
