import { dirname } from "node:path";
import { build } from "esbuild";

/** Lambda calls `index.handler`. */
export const BUNDLE_FILE = "index.js";

const bundles = new Map<string, Promise<Buffer>>();

/**
 * One CommonJS file with everything that a Lambda function needs, for Node.js 24; nothing is written. The same sources and
 * dependencies give the same bytes, so a plan and the deployment of it agree, and a bundle cannot be older than its sources.
 * Made once a process.
 */
export function bundleFunction(entryFile: string): Promise<Buffer> {
  const made = bundles.get(entryFile) ?? bundle(entryFile);
  bundles.set(entryFile, made);
  return made;
}

async function bundle(entryFile: string): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [entryFile],
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    // The SDK's ES modules leave out what is not called: half of the bytes.
    mainFields: ["module", "main"],
    legalComments: "none",
    absWorkingDir: dirname(entryFile),
    write: false,
    logLevel: "error",
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`${entryFile} has no bundle`);
  return Buffer.from(file.contents);
}
