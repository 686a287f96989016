/**
 * `npm run constraints`: writes preview/api-constraints.json, the limits of AWS's own service models for the
 * operations that our resource types map to. The models come with botocore (Apache-2.0), which the AWS CLI brings along.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { API_MAPPING } from "../preview/constraints/api-mapping";
import { RUN_TIME_OPERATIONS } from "../preview/constraints/run-time-operations";
import type { ApiConstraints, ApiShape } from "../preview/constraints/api-shapes";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { runCommand } from "./terminal/run-command";

const TARGET = join(__dirname, "..", "preview", "api-constraints.json");

interface ModelShape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}

interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

const SCALARS = ["string", "integer", "long", "float", "double"];

export function extract(
  operations: readonly string[],
  modelOf: (service: string) => ServiceModel,
  version: string,
): ApiConstraints {
  const inputs: Record<string, string> = {};
  const shapes: Record<string, ApiShape> = {};
  for (const operation of [...new Set(operations)].sort()) {
    const [service = "", name = ""] = operation.split(".");
    const input = modelOf(service).operations[name]?.input?.shape;
    if (!input) throw new Error(`botocore ${version} has no operation ${operation}`);
    inputs[operation] = collect(service, input, modelOf(service), shapes);
  }
  const sorted = Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    source: { package: "botocore", version, licence: "Apache-2.0" },
    operations: inputs,
    shapes: sorted,
  };
}

/** Reference of the shape, which is added to `shapes` with everything below it; "" when nothing limits it. */
function collect(
  service: string,
  name: string,
  model: ServiceModel,
  shapes: Record<string, ApiShape>,
): string {
  const reference = `${service}.${name}`;
  const shape = model.shapes[name];
  if (!shape || shapes[reference]) return shape ? reference : "";
  const { min, max, pattern, required } = shape;
  const limits = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  const below = (inner: string) => collect(service, inner, model, shapes);
  if (SCALARS.includes(shape.type)) {
    const scalar = {
      ...limits,
      ...(pattern ? { pattern } : {}),
      ...(shape.enum ? { enum: shape.enum } : {}),
    };
    if (Object.keys(scalar).length === 0) return "";
    shapes[reference] = { ...scalar, ...(shape.type === "string" ? {} : { number: true as const }) };
    return reference;
  }
  if (!["structure", "list", "map"].includes(shape.type)) return "";
  // A shape may hold itself: its entry exists before its members are followed.
  shapes[reference] = {};
  const filled: ApiShape =
    shape.type === "structure"
      ? {
          members: Object.fromEntries(
            Object.entries(shape.members ?? {}).map(([member, { shape: inner }]) => [member, below(inner)]),
          ),
          ...(required?.length ? { required } : {}),
        }
      : shape.type === "list"
        ? { list: below(shape.member?.shape ?? ""), ...limits }
        : { map: below(shape.value?.shape ?? ""), ...limits };
  shapes[reference] = filled;
  return reference;
}

function botocore(): { folder: string; version: string } {
  const code = "import botocore, os; print(os.path.dirname(botocore.__file__)); print(botocore.__version__)";
  const [folder = "", version = ""] = execFileSync("python3", ["-c", code], { encoding: "utf8" })
    .trim()
    .split("\n");
  return { folder: join(folder, "data"), version };
}

function modelReader(folder: string): (service: string) => ServiceModel {
  const models = new Map<string, ServiceModel>();
  return (service) => {
    let model = models.get(service);
    if (!model) {
      const newest = readdirSync(join(folder, service)).sort().at(-1) ?? "";
      const path = join(folder, service, newest, "service-2.json");
      const text = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
      model = JSON.parse(text.toString("utf8")) as ServiceModel;
      models.set(service, model);
    }
    return model;
  };
}

function main(): number {
  const { folder, version } = botocore();
  const ofResources = Object.values(API_MAPPING).flatMap(({ operations }) =>
    operations.map((operation) => operation.split("#")[0] ?? ""),
  );
  const operations = [...ofResources, ...RUN_TIME_OPERATIONS];
  const constraints = extract(operations, modelReader(folder), version);
  const lines = [
    `{"source":${JSON.stringify(constraints.source)},`,
    `"operations":${JSON.stringify(constraints.operations)},`,
    `"shapes":{`,
    Object.entries(constraints.shapes)
      .map(([name, shape]) => `${JSON.stringify(name)}:${JSON.stringify(shape)}`)
      .join(",\n"),
    "}}\n",
  ];
  replaceFileSync(TARGET, lines.join("\n"));
  console.log(`${Object.keys(constraints.shapes).length} shapes of botocore ${version}`);
  return 0;
}

if (require.main === module) runCommand(main);
