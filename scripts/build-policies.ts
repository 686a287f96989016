import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { runCommand } from "./terminal/run-command";

const ROOT = join(__dirname, "..", "policies");

/** The policy packs of this repository: the folders with a PulumiPolicy.yaml. */
export function packFolders(): string[] {
  return readdirSync(ROOT)
    .map((name) => join(ROOT, name))
    .filter((folder) => existsSync(join(folder, "PulumiPolicy.yaml")));
}

/**
 * Compiles a pack, the kit and the policy SDK into one file: the CLI would otherwise type-check for ten seconds at every
 * start, and a pack would bring a second `@pulumi/pulumi` of 90 MB. That package alone stays outside, because the CLI starts
 * every pack by the copy that the pack's folder finds (docs/adr/0073). The file is replaced as a whole: other processes may
 * be compiling the same pack, or starting it.
 */
export async function buildPack(folder: string): Promise<void> {
  const target = join(folder, "dist", "index.js");
  const { outputFiles } = await build({
    entryPoints: [join(folder, "index.ts")],
    outfile: target,
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["@pulumi/pulumi", "@pulumi/pulumi/*"],
    plugins: [besideTheSdk],
    logLevel: "error",
  });
  mkdirSync(dirname(target), { recursive: true });
  replaceFileSync(target, outputFiles[0]!.text);
}

/**
 * The protocol's messages are classes of the protobuf and grpc that `@pulumi/pulumi` uses; a second copy of them would not
 * be recognised. They are taken from beside it, wherever the package manager has put them.
 */
const besideTheSdk: Plugin = {
  name: "beside-the-sdk",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(@grpc\/grpc-js|google-protobuf)(\/|$)/ }, ({ path }) => ({
      path,
      namespace: "beside-the-sdk",
    }));
    onLoad({ filter: /.*/, namespace: "beside-the-sdk" }, ({ path }) => ({
      contents: `module.exports = require("node:module")
        .createRequire(require.resolve("@pulumi/pulumi/package.json"))(${JSON.stringify(path)});`,
      loader: "js",
      resolveDir: ROOT,
    }));
  },
};

/** Compiles the pack when a source of it or of the kit is newer than what was compiled last. */
export async function buildPackIfStale(folder: string): Promise<void> {
  const target = join(folder, "dist", "index.js");
  const sources = [folder, join(ROOT, "kit")].flatMap(sourcesIn);
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
  if (!existsSync(target) || statSync(target).mtimeMs < newest) await buildPack(folder);
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === "dist" || entry.name === "node_modules" ? [] : sourcesIn(full);
    return /\.(ts|json|yaml)$/.test(entry.name) ? [full] : [];
  });
}

/** Both packs, as the engine loads them. */
export async function buildAllPacks(): Promise<void> {
  await Promise.all(packFolders().map(buildPack));
}

async function main(): Promise<number> {
  await buildAllPacks();
  return 0;
}

if (require.main === module) runCommand(main);
