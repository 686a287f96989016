import { createRequire } from "node:module";

/** Variable that names the journal's file. */
export const REHEARSAL_JOURNAL = "REHEARSAL_JOURNAL";
/** Variable that names the imaginary account's region. */
export const REHEARSAL_REGION = "REHEARSAL_REGION";

/** The version of the SDK's package, which the engine asks of the plugin. */
export function pluginVersion(name: "aws" | "awsx"): string {
  return (createRequire(__filename)(`@pulumi/${name}/package.json`) as { version: string }).version;
}
