import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const AWS = dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));

/** Of what a table names, what `@pulumi/aws` has not: the type, or the first segment of a path. */
export function missingInSdk(type: string, paths: readonly string[]): string[] {
  const [, module, file, name] = /^aws:(\w+)\/(\w+):(\w+)$/.exec(type) ?? [];
  if (module === undefined)
    return type === "*" || type.startsWith("pulumi:") ? [] : [`${type} is no AWS type`];
  const source = join(AWS, module, `${file}.js`);
  if (!existsSync(source)) return [`${type} is not in the SDK`];
  const text = readFileSync(source, "utf8");
  const tokens = [`'${type}'`, `"${type}"`];
  if (!tokens.some((token) => text.includes(token))) return [`${type} (${name}) is not in the SDK`];
  return paths
    .map((path) => path.split(/[.[]/)[0] ?? path)
    .filter((property) => property !== "opts" && !text.includes(`resourceInputs["${property}"]`))
    .map((property) => `${type} has no ${property}`);
}
