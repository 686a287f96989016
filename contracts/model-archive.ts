import { filesOfTarGz, tarGz } from "./tar-gz";

/**
 * The only file of a model archive: what Booster.save_model wrote. SageMaker's built-in XGBoost loads every file that it
 * finds beside it as one more model and averages them, so the card is an object of its own.
 */
const MODEL_FILE = "xgboost-model";

/** The same bytes for the same model. */
export function packModelArchive(model: string | Uint8Array): Buffer {
  return tarGz(MODEL_FILE, typeof model === "string" ? Buffer.from(model) : model);
}

/**
 * The model file of an archive, ours or a training job's.
 *
 * @throws Error when the archive holds anything else, or is none
 */
export function unpackModelArchive(archive: Uint8Array): Buffer {
  const files = filesOfTarGz(archive);
  const [first] = files;
  if (first === undefined || files.length > 1 || first.name !== MODEL_FILE) {
    const found = files.map(({ name }) => name).join(", ") || "nothing";
    throw new Error(`model archive holds ${found}; allowed: one file, ${MODEL_FILE}`);
  }
  return first.content;
}
