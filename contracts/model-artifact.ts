import { createHash } from "node:crypto";
import type { Category } from "./categories";
import type { Variant } from "./variants";

/**
 * Model versions are immutable objects, named after the last day that the model saw and the content of its file:
 * `20260927-f2a3107e`. The model that an empty account starts with saw no day: `bootstrap-5d41402a`.
 *
 *   mme/<variant>/<category>/<version>.tar.gz     what the endpoint's variant serves; a request's TargetModel is the part
 *                                                 after the variant
 *   mme/<variant>/<category>/<version>.card.json  how the model was made
 *   training/…  experiments/…                     what jobs and people wrote: nothing serves from there
 */
export const MODEL_VERSION_PATTERN = /^([0-9]{8}|bootstrap)-[0-9a-f]{8}$/;

/** S3 prefixes of the models bucket. */
export const SERVED_MODELS_PREFIX = "mme/";
export const TRAINED_MODELS_PREFIX = "training/";
/** Where people and the jobs that they start keep what they try out, in every bucket that has such results. */
export const EXPERIMENTS_PREFIX = "experiments/";

/** @param trainedTo ISO date of the last day that the model learned from; undefined for the bootstrap model */
export function modelVersion(trainedTo: string | undefined, modelFile: string | Uint8Array): string {
  const content = createHash("sha256").update(modelFile).digest("hex").slice(0, 8);
  const version = `${trainedTo === undefined ? "bootstrap" : trainedTo.replaceAll("-", "")}-${content}`;
  if (!MODEL_VERSION_PATTERN.test(version)) {
    throw new Error(`trainedTo is "${trainedTo}"; allowed: a day such as 2026-09-27`);
  }
  return version;
}

/** Key of an archive below the prefix of a variant or a store: the TargetModel of a request. */
export function modelKey(model: string, version: string): string {
  return `${model}/${version}.tar.gz`;
}

/** Key of what is known about the same model. */
export function modelCardKey(model: string, version: string): string {
  return `${model}/${version}.card.json`;
}

/** S3 prefix of what a variant serves. */
export function servedModelsPrefix(variant: Variant): string {
  return `${SERVED_MODELS_PREFIX}${variant}/`;
}

/** Key of the archive that a variant's container loads for a category. */
export function servedArchiveKey(variant: Variant, category: Category, version: string): string {
  return servedModelsPrefix(variant) + modelKey(category, version);
}

/** Where another version of the same model lies. */
export function archiveOfVersion(archiveUrl: string, version: string): string {
  return archiveUrl.replace(/[^/]+\.tar\.gz$/, `${version}.tar.gz`);
}
