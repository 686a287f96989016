import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { packModelArchive, unpackModelArchive } from "../../contracts/model-archive";
import { MODEL_VERSION_PATTERN, modelCardKey, modelKey, modelVersion } from "../../contracts/model-artifact";
import { VARIANTS, type Variant } from "../../contracts/variants";
import { type DemandModel, SERVABLE_KINDS } from "../../forecasting/models/demand-model";
import { replaceFile } from "../engine/files/replace-file";
import { loadModel } from "./load-model";

const cardSchema = z.object({
  version: z.string().regex(MODEL_VERSION_PATTERN),
  category: z.enum(CATEGORIES),
  kind: z.enum(SERVABLE_KINDS),
  role: z.enum(VARIANTS),
  /** ISO date of the last day that it learned from. */
  trainedTo: z.iso.date(),
  trainingRows: z.number().int().nonnegative(),
  trees: z.number().int().nonnegative(),
  /** Poisson loss on the validation days: this model and the SQL baseline. Absent when there were none. */
  validationLoss: z.number().optional(),
  baselineLoss: z.number().optional(),
  /** What could not be done ("too few rows for trees"). */
  warnings: z.array(z.string()).readonly(),
});

/** What is known about one model version, beside its archive. */
export type ModelCard = Readonly<z.infer<typeof cardSchema>>;

const pointerSchema = z.object({ version: z.string().regex(MODEL_VERSION_PATTERN) });

/**
 * Versions are immutable objects, `<category>/<version>.tar.gz` with a card beside each (contracts/model-artifact.ts); what
 * serves is a pointer, `pointers/<role>/<category>.json`, so promotion and rollback never touch an artifact.
 */
export class ModelStore {
  public constructor(private readonly folder: string) {}

  /**
   * Saves a version and returns its card. The version names the day and the content, so equal models are one version, and
   * what is there stays as it is.
   */
  public async save(
    model: DemandModel,
    about: Omit<ModelCard, "version" | "category" | "kind">,
  ): Promise<ModelCard> {
    const file = model.save();
    const version = modelVersion(about.trainedTo, file);
    const card = cardSchema.parse({ version, category: model.category, kind: model.kind, ...about });
    if ((await this.versions(model.category)).includes(version)) return card;
    // The card first: an archive is never without one.
    await this.replace(modelCardKey(model.category, version), `${JSON.stringify(card, undefined, 2)}\n`);
    await this.replace(modelKey(model.category, version), packModelArchive(file));
    return card;
  }

  public async load(category: Category, version: string): Promise<DemandModel> {
    return loadModel((await this.card(category, version)).kind, category, await this.file(category, version));
  }

  /** The model file of a version as the built-in container finds it. */
  public async file(category: Category, version: string): Promise<string> {
    const path = join(this.folder, modelKey(category, version));
    const archive = await readFile(path).catch(() => {
      throw new Error(`${path}: there is no such model version`);
    });
    return unpackModelArchive(archive).toString("utf8");
  }

  public async card(category: Category, version: string): Promise<ModelCard> {
    return readJson(join(this.folder, modelCardKey(category, version)), cardSchema);
  }

  /** Moves the pointer of a role to a version that exists. */
  public async point(role: Variant, category: Category, version: string): Promise<void> {
    const versions = await this.versions(category);
    if (!versions.includes(version)) {
      throw new Error(
        `${category} has no model version "${version}": ${versions.join(", ") || "none is stored"}`,
      );
    }
    await this.replace(pointerKey(role, category), `${JSON.stringify({ version })}\n`);
  }

  /** The version that a role serves; undefined when the category has none. */
  public async current(role: Variant, category: Category): Promise<string | undefined> {
    const path = join(this.folder, pointerKey(role, category));
    const entries = await readdir(dirname(path)).catch((): string[] => []);
    return entries.includes(`${category}.json`) ? (await readJson(path, pointerSchema)).version : undefined;
  }

  public async versions(category: Category): Promise<string[]> {
    const entries = await readdir(join(this.folder, category)).catch((): string[] => []);
    return entries
      .filter((name) => name.endsWith(".tar.gz"))
      .map((name) => name.slice(0, -".tar.gz".length))
      .filter((version) => MODEL_VERSION_PATTERN.test(version))
      .sort();
  }

  private async replace(key: string, content: string | Buffer): Promise<void> {
    const path = join(this.folder, key);
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, (part) => writeFile(part, content));
  }
}

const pointerKey = (role: Variant, category: Category) => `pointers/${role}/${category}.json`;

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`${path}: there is no such file`);
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? `"${error.issues[0]?.path.join(".")}" is wrong` : "it is not JSON";
    throw new Error(`${path} was not written by this program: ${reason}`, { cause: error });
  }
}
