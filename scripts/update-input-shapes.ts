/**
 * `npm run constraints` runs it too. Writes preview/input-shapes.json, the inputs that the pinned @pulumi/aws declares for
 * the resource types we map. Read from its type declarations, which are generated and regular enough for line by line.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { API_MAPPING } from "../preview/constraints/api-mapping";
import type { InputShape, InputShapes } from "../preview/constraints/input-shapes";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { runCommand } from "./terminal/run-command";

const TARGET = join(__dirname, "..", "preview", "input-shapes.json");

type Declarations = ReadonlyMap<string, readonly string[]>;

/** `service.Interface` to the lines between its braces. */
export function nestedDeclarations(text: string): Declarations {
  const declarations = new Map<string, string[]>();
  let namespace = "";
  let current: string[] | undefined;
  for (const line of text.split("\n")) {
    const opened = /^export declare namespace (\w+) \{/.exec(line)?.[1];
    const started = /^ {4}interface (\w+) \{/.exec(line)?.[1];
    if (opened !== undefined) namespace = opened;
    else if (started !== undefined) declarations.set(`${namespace}.${started}`, (current = []));
    else if (line === "    }") current = undefined;
    else current?.push(line.slice(4));
  }
  return declarations;
}

/** The lines between the braces of `export interface <name> {`. */
export function argsDeclaration(text: string, name: string): string[] {
  const lines = text.split("\n");
  const start = lines.indexOf(`export interface ${name} {`);
  if (start < 0) throw new Error(`@pulumi/aws declares no ${name}`);
  return lines.slice(start + 1, lines.indexOf("}", start));
}

/** Properties of one interface; what they refer to is added to `shapes`. */
export function readShape(
  lines: readonly string[],
  declarations: Declarations,
  shapes: Record<string, InputShape>,
): InputShape {
  const properties: Record<string, string> = {};
  const required: string[] = [];
  for (const line of lines) {
    const [, name, optional, type = ""] = /^ {4}(\w+)(\??): (.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const reference = /inputs\.(\w+\.\w+)/.exec(type)?.[1] ?? "";
    properties[name] = reference;
    if (!optional) required.push(name);
    if (reference && !shapes[reference]) {
      // An interface may refer to itself: its entry exists before its own properties are read.
      shapes[reference] = { properties: {} };
      shapes[reference] = readShape(declarations.get(reference) ?? [], declarations, shapes);
    }
  }
  return required.length > 0 ? { properties, required } : { properties };
}

function main(): number {
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const declarations = nestedDeclarations(readFileSync(join(root, "types", "input.d.ts"), "utf8"));
  const shapes: Record<string, InputShape> = {};
  for (const token of Object.keys(API_MAPPING).sort()) {
    const [, module = "", name = ""] = token.split(":");
    const lines = argsDeclaration(readFileSync(join(root, `${module}.d.ts`), "utf8"), `${name}Args`);
    shapes[token] = readShape(lines, declarations, shapes);
  }
  const document: InputShapes = { source: `@pulumi/aws ${version}`, shapes };
  const entries = Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = entries.map(([name, shape]) => `${JSON.stringify(name)}:${JSON.stringify(shape)}`).join(",\n");
  replaceFileSync(TARGET, `{"source":${JSON.stringify(document.source)},\n"shapes":{\n${text}\n}}\n`);
  console.log(`${entries.length} shapes of ${document.source}`);
  return 0;
}

if (require.main === module) runCommand(main);
