import assert from "node:assert/strict";
import { createRequire } from "node:module";

/** The releases whose inside was read when the code that leans on it was written. */
export const MADE_FOR = {
  "@pulumi/pulumi": "3.248.0",
  "@pulumi/policy": "1.21.0",
  "@pulumi/awsx": "3.9.0",
} as const;

/** Fails when another release of `name` is installed than the one that `file` was made for. */
export function assertMadeFor(name: keyof typeof MADE_FOR, file: string): void {
  const installed = createRequire(__filename)(`${name}/package.json`) as { readonly version: string };
  assert.equal(
    installed.version.replace(/^v/, ""),
    MADE_FOR[name],
    `${file} was made for ${name} ${MADE_FOR[name]}: see that the rest of this spec still holds for the installed release, then change MADE_FOR`,
  );
}
