/**
 * `npm run aliases`: writes policies/kit/type-aliases.ts from what the installed @pulumi/aws says about the former names of its
 * resource types. To be run after an upgrade of the provider; a test holds the table against the package.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";

const AWS = dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));
export const TABLE = join(__dirname, "..", "policies", "kit", "type-aliases.ts");

/** Modules that the provider has twice: `aws_alb` and `aws_lb` are one resource of Terraform under two names. */
const SAME_MODULES: Readonly<Record<string, string>> = { alb: "lb" };

/** Types that a note of the documentation replaces, which no metadata tells: S3 objects had three names. */
const REPLACED: Readonly<Record<string, string>> = {
  "aws:s3/bucketObject:BucketObject": "aws:s3/bucketObjectv2:BucketObjectv2",
};

/** Former name -> present name of every renamed type of the provider. */
export function readTypeAliases(): Record<string, string> {
  const classes = readdirSync(AWS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && entry.name !== "types")
    .flatMap(({ name }) => classesIn(join(AWS, name)));
  const direct: Record<string, string> = { ...REPLACED };
  for (const { type, aliases, isDeprecated } of classes)
    for (const alias of aliases) if (alias !== type && !isDeprecated) direct[alias] = type;
  for (const { type } of classes) {
    const [, module = "", rest = ""] = /^aws:(\w+)\/(.+)$/.exec(type) ?? [];
    const same = SAME_MODULES[module];
    if (same !== undefined) direct[type] = `aws:${same}/${rest}`;
  }
  return Object.fromEntries(
    Object.keys(direct)
      .sort()
      .map((alias) => [alias, last(direct, alias)]),
  );
}

interface ProviderClass {
  readonly type: string;
  readonly aliases: readonly string[];
  readonly isDeprecated: boolean;
}

function classesIn(folder: string): ProviderClass[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .flatMap((text) => {
      const type = /__pulumiType = '([^']+)'/.exec(text)?.[1];
      if (type === undefined) return [];
      const list = /aliasOpts = \{ aliases: \[(.*)\] \}/.exec(text)?.[1] ?? "";
      const aliases = [...list.matchAll(/type: "([^"]+)"/g)].map(([, alias = ""]) => alias);
      return [{ type, aliases, isDeprecated: text.includes("has been deprecated in favor of") }];
    });
}

/** The end of a chain of names. */
function last(direct: Readonly<Record<string, string>>, alias: string): string {
  const next = direct[alias];
  return next === undefined ? alias : last(direct, next);
}

/** The source of the table. */
export async function renderTypeAliases(): Promise<string> {
  const source = `/** Former names of resource types, and second ones, with the name that rules use. Made by \`npm run aliases\`. */
export const TYPE_ALIASES: Readonly<Record<string, string>> = ${JSON.stringify(readTypeAliases(), undefined, 2)};\n`;
  return format(source, { ...(await resolveConfig(TABLE)), parser: "typescript" });
}

if (require.main === module) {
  renderTypeAliases().then(
    (source) => writeFileSync(TABLE, source),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
