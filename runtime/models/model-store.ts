import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Category } from "../../contracts/categories";
import { loadBoostedTrees } from "../../forecasting/models/boosted-trees";
import {
  type DemandModel,
  MODEL_KINDS,
  type ModelKind,
  type PlainModelFile,
} from "../../forecasting/models/demand-model";
import { seasonalNaive } from "../../forecasting/models/seasonal-naive";
import { sqlBaselineModel } from "../../forecasting/models/sql-baseline-model";
import { replaceFileSync } from "../engine/files/replace-file";
import { replaceFolder } from "../engine/files/replace-folder";
import { isWorkName } from "../engine/files/work-names";

/** What is known about one model version, beside its file. */
export interface ModelCard {
  readonly version: string;
  readonly category: Category;
  readonly kind: ModelKind;
  readonly role: "champion" | "challenger";
  /** ISO date of the last day that it learned from. */
  readonly trainedTo: string;
  readonly trainingRows: number;
  readonly trees: number;
  /** Poisson loss on the validation days: this model and the SQL baseline. Absent when there were none. */
  readonly validationLoss?: number;
  readonly baselineLoss?: number;
  /** What could not be done ("too few rows for trees"). */
  readonly remarks: readonly string[];
}

/**
 * Versions are immutable folders `<category>/<version>/{model,card}.json`; what serves is a pointer beside them, so
 * promotion and rollback move a pointer and never touch an artifact.
 */
export class ModelStore {
  public constructor(private readonly folder: string) {}

  /** Saves a version, whole or not at all, and returns its card. The version names the day and the content. */
  public async save(
    model: DemandModel,
    about: Omit<ModelCard, "version" | "category" | "kind">,
  ): Promise<ModelCard> {
    const file = model.save();
    const content = createHash("sha256").update(model.kind).update(file).digest("hex").slice(0, 8);
    const version = `${about.trainedTo.replaceAll("-", "")}-${content}`;
    const card: ModelCard = { version, category: model.category, kind: model.kind, ...about };
    const target = join(this.folder, model.category, version);
    await replaceFolder(target, async (folder) => {
      await writeFile(join(folder, "model.json"), file);
      await writeFile(join(folder, "card.json"), `${JSON.stringify(card, undefined, 2)}\n`);
    });
    return card;
  }

  public async load(category: Category, version: string): Promise<DemandModel> {
    const folder = join(this.folder, category, version);
    const card = JSON.parse(await readFile(join(folder, "card.json"), "utf8")) as ModelCard;
    return loadModel(card.kind, category, await readFile(join(folder, "model.json"), "utf8"));
  }

  /** Moves the pointer of a role to a version that exists. */
  public async point(role: ModelCard["role"], category: Category, version: string): Promise<void> {
    const versions = await this.versions(category);
    if (!versions.includes(version)) {
      throw new Error(
        `${category} has no model version "${version}": ${versions.join(", ") || "none is stored"}`,
      );
    }
    const pointer = join(this.folder, category, `${role}.json`);
    replaceFileSync(pointer, `${JSON.stringify({ version })}\n`);
  }

  public async current(role: ModelCard["role"], category: Category): Promise<string | undefined> {
    const text = await readFile(join(this.folder, category, `${role}.json`), "utf8").catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as { version: string }).version;
  }

  public async versions(category: Category): Promise<string[]> {
    const entries = await readdir(join(this.folder, category), { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isDirectory() && !isWorkName(entry.name))
      .map(({ name }) => name)
      .sort();
  }
}

export function loadModel(kind: ModelKind, category: Category, file: string): DemandModel {
  if (kind === "boosted-trees") return loadBoostedTrees(category, file);
  if (!MODEL_KINDS.includes(kind)) {
    throw new Error(`model kind "${kind}" is not known: ${MODEL_KINDS.join(", ")}`);
  }
  const plain = JSON.parse(file) as PlainModelFile;
  return kind === "seasonal-naive" ? seasonalNaive(category) : sqlBaselineModel(category, plain.factor);
}
