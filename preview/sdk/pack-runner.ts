import { dirname, join } from "node:path";

/** The script with which the CLI's Node.js language host starts a policy pack. */
export function packRunner(): string {
  return join(dirname(require.resolve("@pulumi/pulumi/package.json")), "cmd", "run-policy-pack");
}
