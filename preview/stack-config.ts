import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, type Document } from "yaml";
import { showValue } from "../stacks/show-value";
import { configTypeProblem, type ConfigDeclaration } from "./config-type";
import { PlanError } from "./plan-error";

/** What the CLI would hand to the program of one stack. */
export interface StackConfig {
  readonly project: string;
  readonly stack: string;
  /** Full keys (`smartretail:owner`) and their text; arrays and objects as JSON. Secrets are placeholders. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/**
 * Stands for a secret. To read a `secure:` value would take the stack's passphrase or key, and a plan must not need one; a
 * secret in plain text is not shown either.
 */
export const SECRET_PLACEHOLDER = "[secret]";

const PROJECT_FILE = "Pulumi.yaml";

/** Keys that are secrets whether declared so or not: credentials of a provider (aws:secretKey, aws:token) and the like. */
const SECRET_KEY =
  /:.*(secret|passw(or)?d|passphrase|token|credentials?|(secret|access|api|private|encryption)_?key)$/i;

/** Values that aliases of a file may stand for; a configuration needs none. */
const MAX_ALIASES = 100;

interface ProjectFile {
  readonly name?: unknown;
  readonly stackConfigDir?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Stacks that have a configuration file beside the project file. */
export function stackNames(root: string): string[] {
  return readdirSync(configFolder(root, readProject(root)))
    .map((file) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(file)?.[1])
    .filter((stack) => stack !== undefined)
    .sort();
}

/**
 * Reads Pulumi.yaml and Pulumi.<stack>.yaml as the CLI does: keys without a namespace belong to the project, declared
 * defaults apply, declared types are checked. One thing is stricter: a project key that is not declared is rejected,
 * because a misspelt key would silently leave the default in force.
 *
 * @throws PlanError with one line per thing that is wrong
 */
export function readStackConfig(root: string, stack: string): StackConfig {
  const project = readProject(root);
  const name = project.name as string;
  const stackFile = `Pulumi.${stack}.yaml`;
  const path = join(configFolder(root, project), stackFile);
  if (!/^[\w.-]+$/.test(stack) || !existsSync(path)) {
    throw new PlanError(
      `stack "${stack}" does not exist; there are: ${stackNames(root).join(", ") || "none"}`,
    );
  }
  const declared = declarations(project);
  const given = namespaced(configOf(readYaml(path, stackFile), stackFile), name);

  const problems: string[] = [];
  const config: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const key of new Set([...declared.keys(), ...given.keys()])) {
    const declaration = declared.get(key);
    const isGiven = given.has(key);
    const value = isGiven ? given.get(key) : (declaration?.value ?? declaration?.default);
    const problem = problemOf({ key, value, declaration, isGiven, name, stackFile });
    if (problem) problems.push(problem);
    if (problem || value === undefined || value === null) continue;
    const secret = isSecret(key, declaration);
    if (secret || holdsSecure(value)) secretKeys.push(key);
    config[key] = secret ? SECRET_PLACEHOLDER : textOf(value);
  }
  if (problems.length > 0) throw new PlanError(problems);
  return { project: name, stack, config, secretKeys };
}

interface Candidate {
  readonly key: string;
  readonly value: unknown;
  readonly declaration?: ConfigDeclaration;
  readonly isGiven: boolean;
  readonly name: string;
  readonly stackFile: string;
}

function problemOf({ key, value, declaration, isGiven, name, stackFile }: Candidate): string | undefined {
  if (!declaration) {
    return key.startsWith(`${name}:`)
      ? `${stackFile}: ${shortKey(key)} is not declared in ${PROJECT_FILE}`
      : undefined;
  }
  if (value === undefined || value === null) {
    return isGiven || !("value" in declaration)
      ? `${stackFile}: ${key} is not set and has no default in ${PROJECT_FILE}`
      : undefined;
  }
  const show = isSecret(key, declaration) ? () => SECRET_PLACEHOLDER : undefined;
  const problem = configTypeProblem(declaration, value, isSecure, show);
  return problem && `${isGiven ? stackFile : PROJECT_FILE}: ${key} ${problem}`;
}

function readProject(root: string): ProjectFile {
  const path = join(root, PROJECT_FILE);
  if (!existsSync(path)) throw new PlanError(`${root} has no ${PROJECT_FILE}`);
  const project = readYaml(path, PROJECT_FILE) as ProjectFile;
  if (typeof project.name !== "string") throw new PlanError(`${PROJECT_FILE}: name is not set`);
  return project;
}

function configFolder(root: string, { stackConfigDir }: ProjectFile): string {
  return typeof stackConfigDir === "string" ? join(root, stackConfigDir) : root;
}

function readYaml(path: string, file: string): Record<string, unknown> {
  const document = parseDocument(readFileSync(path, "utf8"), { prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, column } = lineAt(readFileSync(path, "utf8"), error.pos[0]);
    throw new PlanError(`${file}:${line}:${column}: ${error.message.split("\n")[0] ?? error.code}`);
  }
  const content = expand(document, file) ?? {};
  if (!isRecord(content)) throw new PlanError(`${file}: the file is not a YAML mapping`);
  return content;
}

/** Resolves aliases, of which a few lines can stand for gigabytes. */
function expand(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const bomb = error.message.startsWith("Excessive alias count");
    const problem = bomb ? `its aliases stand for more than ${MAX_ALIASES} values` : error.message;
    throw new PlanError(`${file}: ${problem}`);
  }
}

function lineAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function configOf(content: Record<string, unknown>, file: string): Readonly<Record<string, unknown>> {
  const config = content.config ?? {};
  if (!isRecord(config)) throw new PlanError(`${file}: config is not a mapping of keys to values`);
  return config;
}

function namespaced(config: Readonly<Record<string, unknown>>, project: string): Map<string, unknown> {
  return new Map(
    Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
  );
}

/** A declaration is a mapping with a type or a value; anything else is the value itself. */
function declarations(project: ProjectFile): Map<string, ConfigDeclaration> {
  const config = configOf({ config: project.config }, PROJECT_FILE);
  return new Map(
    [...namespaced(config, project.name as string)].map(([key, entry]) => [
      key,
      isRecord(entry) ? (entry as ConfigDeclaration) : { value: entry },
    ]),
  );
}

function isSecure(value: unknown): boolean {
  return isRecord(value) && typeof value.secure === "string" && Object.keys(value).length === 1;
}

function holdsSecure(value: unknown): boolean {
  if (isSecure(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecure);
}

function isSecret(key: string, declaration: ConfigDeclaration | undefined): boolean {
  return declaration?.secret === true || SECRET_KEY.test(key);
}

/** A key as an error names it: plain, unless it is long or holds what a terminal should not get. */
function shortKey(key: string): string {
  return /^[\w:.-]{1,100}$/.test(key) ? key : showValue(key);
}

function textOf(value: unknown): string {
  const plain = masked(value);
  return typeof plain === "object" ? JSON.stringify(plain) : String(plain);
}

function masked(value: unknown): unknown {
  if (isSecure(value)) return SECRET_PLACEHOLDER;
  if (Array.isArray(value)) return value.map(masked);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
