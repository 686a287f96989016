import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";

/** Compiles the pack of this folder into a folder of its own, as ours are; the caller removes it. */
export async function buildTestPack(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "test-pack-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "test-pack", version: "1.2.3" }));
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  const modules = dirname(dirname(dirname(require.resolve("@pulumi/policy/package.json"))));
  symlinkSync(modules, join(folder, "node_modules"));
  await build({
    entryPoints: [join(__dirname, "index.ts")],
    outfile: join(folder, "index.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["@pulumi/*", "@grpc/*", "google-protobuf"],
    logLevel: "error",
  });
  return folder;
}
