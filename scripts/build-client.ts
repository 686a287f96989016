/**
 * `npm run build:client [-- folder]`: makes the package by which apps call the API: one file without dependencies, for Node
 * and browsers, with its types.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(__dirname, "..");
const SOURCE = join(ROOT, "client", "index.ts");

const MANIFEST = {
  name: "smartretail-client",
  version: "1.0.0",
  description: "Typed client of the SmartRetail API",
  license: "Apache-2.0",
  type: "module",
  main: "index.js",
  types: "types/index.d.ts",
  files: ["index.js", "types"],
  engines: { node: ">=20.19.0" },
};

/** Makes the package in `folder`, ready for `npm pack` or `npm publish`. */
export async function buildClient(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [SOURCE],
    outfile: join(folder, "index.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  declareTypes(folder);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(MANIFEST, undefined, 2)}\n`);
}

function declareTypes(folder: string): void {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      ...[tsc, "--declaration", "--emitDeclarationOnly", "--skipLibCheck", "--ignoreConfig"],
      // The bundler's way of naming files leaves them as they are; the declarations name no package.
      ...["--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022", "--types", "node"],
      ...["--outDir", join(folder, "types"), "--rootDir", join(ROOT, "client"), SOURCE],
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the types of the client do not compile:\n${stdout}`);
  const types = join(folder, "types");
  for (const name of readdirSync(types)) {
    const text = readFileSync(join(types, name), "utf8");
    // Node's way of resolving modules wants names of files.
    writeFileSync(join(types, name), text.replaceAll(/from "(\.\/[a-z-]+)"/g, 'from "$1.js"'));
  }
}

if (require.main === module) {
  const folder = process.argv[2] ?? join(ROOT, ".smartretail", "client");
  void buildClient(folder).then(() => process.stdout.write(`${folder}: npm publish makes it available\n`));
}
