/** `npm run goldens`: writes test/golden/<stack>.json, the list of what each environment consists of. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { goldenList } from "../preview/golden-list";
import { planEnvironment } from "../preview/plan-environment";
import { stackNames } from "../preview/stack-config";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { runCommand } from "./terminal/run-command";

const ROOT = join(__dirname, "..");
const FOLDER = join(ROOT, "test", "golden");

async function main(): Promise<number> {
  mkdirSync(FOLDER, { recursive: true });
  for (const stack of stackNames(ROOT)) {
    const { recording } = await planEnvironment(stack, { preview: true });
    const file = join(FOLDER, `${stack}.json`);
    replaceFileSync(file, `${JSON.stringify(goldenList(recording), undefined, 2)}\n`);
    console.log(`wrote test/golden/${stack}.json`);
  }
  return 0;
}

if (require.main === module) runCommand(main);
