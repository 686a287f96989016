import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Question } from "./questions";

/** What the AWS provider of Terraform says, which the program's provider wraps. */
export interface Answers {
  readonly version: string;
  /** Program's type -> arguments, or parts of them such as `online_store_config.storage_type`, for which it is replaced. */
  readonly replacing: Readonly<Record<string, readonly string[]>>;
}

interface Schema {
  readonly block: { readonly attributes: Record<string, Attribute>; readonly block_types?: object };
}
interface Attribute {
  readonly required?: boolean;
  readonly optional?: boolean;
}
interface PlannedChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly replace_paths?: readonly (readonly string[])[];
  };
}

const PROVIDER = "registry.terraform.io/hashicorp/aws";
/** Plans against a state that is written down here: the provider is asked nothing that it would have to ask AWS. */
const OFFLINE = {
  region: "ap-northeast-1",
  access_key: "none",
  secret_key: "none",
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/**
 * One plan, in a folder of the system's temporary files that stays for a look; every type from a state with its `before` to its `after`.
 *
 * @param pluginFolder folder with the provider, as `terraform init -plugin-dir` takes it; undefined downloads it
 * @throws Error for an argument of the provider that a question neither edits nor leaves with a reason
 */
export function askProvider(questions: Readonly<Record<string, Question>>, pluginFolder?: string): Answers {
  const folder = mkdtempSync(join(tmpdir(), "replacements-"));
  const terraform = (...args: string[]) =>
    execFileSync("terraform", args, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "inherit"],
    });
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  write("main.tf.json", configuration(questions));
  terraform(
    "init",
    "-no-color",
    "-input=false",
    ...(pluginFolder === undefined ? [] : [`-plugin-dir=${pluginFolder}`]),
  );
  const { provider_schemas } = JSON.parse(terraform("providers", "schema", "-json")) as {
    provider_schemas: Record<string, { resource_schemas: Record<string, Schema> }>;
  };
  checkComplete(questions, provider_schemas[PROVIDER]?.resource_schemas ?? {});
  write("terraform.tfstate", state(questions));
  terraform("plan", "-refresh=false", "-input=false", "-no-color", "-out=plan");
  const { resource_changes } = JSON.parse(terraform("show", "-json", "plan")) as {
    resource_changes: PlannedChange[];
  };
  const replacing = Object.entries(questions).map(([type, { terraformType }]) => {
    const found = resource_changes.find(({ address }) => address === `${terraformType}.this`);
    const paths = found?.change.replace_paths ?? [];
    if (paths.length === 0)
      throw new Error(
        `${type}: the provider replaces it for nothing; its actions are ${found?.change.actions.join(", ")}`,
      );
    return [type, outermost(paths.map((path) => path.filter((part) => typeof part === "string").join(".")))];
  });
  return {
    version: versionOf(terraform("version", "-json")),
    replacing: Object.fromEntries(replacing) as Answers["replacing"],
  };
}

/** Without parts of what is there as a whole. */
function outermost(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((path) => !paths.some((other) => path.startsWith(`${other}.`))).sort();
}

function configuration(questions: Readonly<Record<string, Question>>) {
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: OFFLINE },
    resource: Object.fromEntries(
      Object.values(questions).map(({ terraformType, after }) => [terraformType, { this: after }]),
    ),
  };
}

function state(questions: Readonly<Record<string, Question>>) {
  return {
    version: 4,
    terraform_version: "1.0.0",
    serial: 1,
    lineage: "replacements",
    outputs: {},
    resources: Object.values(questions).map(({ terraformType, before, computed }) => ({
      mode: "managed",
      type: terraformType,
      name: "this",
      provider: `provider["${PROVIDER}"]`,
      instances: [{ schema_version: 0, attributes: { ...before, ...computed, tags_all: before.tags } }],
    })),
  };
}

function checkComplete(
  questions: Readonly<Record<string, Question>>,
  schemas: Readonly<Record<string, Schema>>,
): void {
  for (const [type, { terraformType, before, after, left }] of Object.entries(questions)) {
    const { attributes, block_types = {} } = schemas[terraformType]?.block ?? { attributes: {} };
    const settable = Object.entries(attributes).filter(
      ([, { required, optional }]) => required === true || optional === true,
    );
    for (const argument of [...settable.map(([name]) => name), ...Object.keys(block_types)]) {
      const isEdited =
        argument in before && JSON.stringify(before[argument]) !== JSON.stringify(after[argument]);
      if (!isEdited && !(argument in left))
        throw new Error(`${type}: nobody edits ${argument} of ${terraformType}`);
    }
  }
}

function versionOf(text: string): string {
  const { provider_selections } = JSON.parse(text) as { provider_selections: Record<string, string> };
  return provider_selections[PROVIDER] ?? "unknown";
}
