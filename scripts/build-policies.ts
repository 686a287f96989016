import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { runCommand } from "./terminal/run-command";

const ROOT = join(__dirname, "..", "policies");

/** The policy packs of this repository: the folders with a PulumiPolicy.yaml. */
export function packFolders(): string[] {
  return readdirSync(ROOT)
    .map((name) => join(ROOT, name))
    .filter((folder) => existsSync(join(folder, "PulumiPolicy.yaml")));
}

/**
 * Compiles a pack and the kit into one file: the CLI would otherwise type-check both for ten seconds at every start.
 * The SDK stays outside: a pack must use the copy that its runner has loaded.
 */
export async function buildPack(folder: string): Promise<void> {
  await build({
    entryPoints: [join(folder, "index.ts")],
    outfile: join(folder, "dist", "index.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["@pulumi/*", "@grpc/*", "google-protobuf"],
    logLevel: "error",
  });
}

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

async function main(): Promise<number> {
  await Promise.all(packFolders().map(buildPack));
  return 0;
}

if (require.main === module) runCommand(main);
