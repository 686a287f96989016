/**
 * `npm run build:functions [-- folder]`: bundles each Lambda function into `<folder>/<function>/index.js`, one file
 * with everything that it needs, for arm64 and nodejs24.x. JavaScript is the same for every processor.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUNDLE_FILE, bundleFunction } from "../components/function-bundle";
import { type FunctionName, FUNCTIONS } from "../contracts/functions";

const ROOT = join(__dirname, "..");
export const FUNCTIONS_FOLDER = join(ROOT, ".smartretail", "functions");
export const entryOf = (name: FunctionName) => join(ROOT, "runtime", "entry", `${FUNCTIONS[name].entry}.ts`);

/** @returns the bytes of each bundle */
export async function buildFunctions(folder: string): Promise<Readonly<Record<FunctionName, number>>> {
  const bytes: Partial<Record<FunctionName, number>> = {};
  for (const name of Object.keys(FUNCTIONS) as FunctionName[]) {
    const bundle = await bundleFunction(entryOf(name));
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, BUNDLE_FILE), bundle);
    bytes[name] = bundle.length;
  }
  return bytes as Record<FunctionName, number>;
}

if (require.main === module) {
  const folder = process.argv[2] ?? FUNCTIONS_FOLDER;
  void buildFunctions(folder).then((bytes) => {
    for (const [name, size] of Object.entries(bytes)) {
      process.stdout.write(`${join(folder, name, BUNDLE_FILE)}: ${Math.round(size / 1024)} KB\n`);
    }
  });
}
