import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { MODEL_VERSION_PATTERN } from "../../contracts/model-artifact";
import { codeOf } from "../engine/files/clear-error";

/** Which versions a folder of forecasts was made with; beside its blocks. */
const MODELS_FILE = "models.json";

/** By category; one that was not trained is not there. */
const versions = z.partialRecord(z.enum(CATEGORIES), z.string().regex(MODEL_VERSION_PATTERN));
const schema = z.object({
  /** Last day of sales that the night knew, ISO date. */
  cutoff: z.iso.date(),
  champion: versions,
  challenger: versions,
  /** What the champion's forecasts of ordinary items were multiplied by; absent where no category was. */
  calibrations: z.partialRecord(z.enum(CATEGORIES), z.number().positive()).optional(),
});

export type NightModels = z.infer<typeof schema>;

/** Categories stand in their own order, not in that of whose model was ready first: the same night is the same bytes. */
export async function writeNightModels(folder: string, models: NightModels): Promise<void> {
  const { cutoff, champion, challenger, calibrations } = models;
  const ordered: NightModels = {
    cutoff,
    champion: inOrder(champion),
    challenger: inOrder(challenger),
    ...(calibrations ? { calibrations: inOrder(calibrations) } : {}),
  };
  await writeFile(join(folder, MODELS_FILE), `${JSON.stringify(ordered)}\n`);
}

function inOrder<Value>(of: Readonly<Partial<Record<Category, Value>>>): Partial<Record<Category, Value>> {
  const known = CATEGORIES.filter((category) => of[category] !== undefined);
  return Object.fromEntries(known.map((category) => [category, of[category]])) as typeof of;
}

/** Undefined for a folder that holds no night's forecasts. */
export async function readNightModels(folder: string): Promise<NightModels | undefined> {
  const path = join(folder, MODELS_FILE);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${path} was not written by this program: "${issue?.path.join(".")}" is wrong`);
  }
  return parsed.data;
}
