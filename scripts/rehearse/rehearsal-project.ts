import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse, stringify } from "yaml";

/** Providers that the program uses, each with a stand-in. */
const PROVIDERS = ["aws", "awsx"] as const;

/** Files that the CLI writes to: the scratch project has its own. */
const isOwn = (name: string) => /^Pulumi\.|^\.(?!npmrc)/.test(name);

/**
 * Makes a project folder in which the CLI finds this repository's program, with providers that answer from memory in place
 * of the real ones: links to everything, and a Pulumi.yaml that names the stand-ins.
 */
export function makeRehearsalProject(root: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root)) if (!isOwn(name)) symlinkSync(join(root, name), join(folder, name));
  for (const name of readdirSync(root).filter((file) => /^Pulumi\.[\w.-]+\.yaml$/.test(file)))
    copyFileSync(join(root, name), join(folder, name));
  const project = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
  const providers = PROVIDERS.map((name) => ({ name, path: join(folder, "plugins", name) }));
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, plugins: { providers } }));
  for (const name of PROVIDERS) writePlugin(root, join(folder, "plugins", name), name);
}

/** An executable as the engine looks for it in the folder of a plugin. */
function writePlugin(root: string, folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `pulumi-resource-${name}`);
  const main = join(root, "preview", "rehearsal", "plugin-main.ts");
  const tsx = pathToFileURL(createRequire(__filename).resolve("tsx")).href;
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  writeFileSync(file, `#!/bin/sh\nexec node --import ${quoted(tsx)} ${quoted(main)} ${name} "$@"\n`);
  chmodSync(file, 0o755);
}

/** A program of somebody else that reads the platform's outputs. */
export function makeConsumerProject(root: string, folder: string, stack: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    stringify({
      name: "consumer",
      runtime: { name: "nodejs", options: { typescript: false } },
      main: "index.js",
    }),
  );
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ name: "consumer", private: true })}\n`);
  writeFileSync(
    join(folder, "index.js"),
    [
      `const pulumi = require("@pulumi/pulumi");`,
      `const platform = new pulumi.StackReference("organization/smartretail/${stack}");`,
      `exports.contractVersion = platform.requireOutput("contractVersion");`,
      `exports.results = platform.requireOutput("buckets").apply(({ results }) => results);`,
      "",
    ].join("\n"),
  );
}
