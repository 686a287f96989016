/**
 * `npm run build:contract [-- folder]`: makes the package by which apps in other repositories read the platform's outputs:
 * the names, the version and the types of `contracts/outputs.ts`, in one file, with no dependency on this program.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { OUTPUTS_VERSION } from "../contracts/outputs";

const ROOT = join(__dirname, "..");
const SOURCE = join(ROOT, "contracts", "outputs.ts");

/** Makes the package in `folder`, ready for `npm pack` or `npm publish`. */
export async function buildContract(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [SOURCE],
    outfile: join(folder, "index.js"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  declareTypes(folder);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(MANIFEST, undefined, 2)}\n`);
}

const MANIFEST = {
  name: "smartretail-contract",
  // A new contract version is a new major version: what reads another one must be changed.
  version: `${OUTPUTS_VERSION}.0.0`,
  description: "Names, version and types of the SmartRetail platform's outputs",
  license: "Apache-2.0",
  main: "index.js",
  types: "types/outputs.d.ts",
  files: ["index.js", "types"],
};

function declareTypes(folder: string): void {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      ...[tsc, "--declaration", "--emitDeclarationOnly", "--skipLibCheck", "--ignoreConfig"],
      ...["--module", "nodenext", "--moduleResolution", "nodenext", "--target", "es2022", "--types", "node"],
      ...["--outDir", join(folder, "types"), "--rootDir", join(ROOT, "contracts"), SOURCE],
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the types of the contract do not compile:\n${stdout}`);
}

if (require.main === module) {
  const folder = process.argv[2] ?? join(ROOT, "contracts", "dist");
  void buildContract(folder).then(() => process.stdout.write(`${folder}: npm publish makes it available\n`));
}
