import { dirname } from "node:path";
import { build } from "esbuild";
import { probabilityFunctions } from "./probability-functions";

/** Lambda calls `index.handler`. */
export const BUNDLE_FILE = "index.js";

/**
 * Sources of credentials that the SDK loads when it gets to them. Lambda's come first, in the environment, so a function never
 * does: 28 KB zipped.
 */
const NEVER_LOADED = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-login",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
];

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
    external: NEVER_LOADED,
    plugins: [probabilityFunctions],
    absWorkingDir: dirname(entryFile),
    write: false,
    logLevel: "error",
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`${entryFile} has no bundle`);
  return Buffer.from(file.contents);
}
