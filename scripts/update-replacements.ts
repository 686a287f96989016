/**
 * `npm run replacements [-- <plugin folder>]`: asks the AWS provider of Terraform for which arguments it replaces what holds data,
 * and writes preview/replacements.json. It needs terraform and the provider: from a plugin folder, or from the registry. To be
 * run after an upgrade of the provider.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { askProvider } from "./replacements/ask-provider";
import { QUESTIONS } from "./replacements/questions";

const TABLE = join(__dirname, "..", "preview", "replacements.json");

/** Terraform's names of properties whose name the program's provider does not derive: lists are plural. */
const RENAMED: Readonly<Record<string, string>> = {
  encryption_configuration: "encryptionConfigurations",
  feature_definition: "featureDefinitions",
};

async function main(): Promise<void> {
  const { version, replacing } = askProvider(QUESTIONS, process.argv[2]);
  const table = {
    provider: `terraform-provider-aws ${version}`,
    replacing: Object.fromEntries(
      Object.entries(replacing).map(([type, names]) => [type, names.map(propertyName).sort()]),
    ),
  };
  writeFileSync(
    TABLE,
    await format(JSON.stringify(table), { ...(await resolveConfig(TABLE)), parser: "json" }),
  );
  process.stdout.write(`wrote ${TABLE}\n`);
}

function propertyName(path: string): string {
  return path
    .split(".")
    .map((name) => RENAMED[name] ?? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()))
    .join(".");
}

void main();
