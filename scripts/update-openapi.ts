/**
 * `npm run openapi`: writes the API's documents from its schemas. `contracts/openapi/api.json` (3.1) is for people and the
 * client, `gateway.json` (3.0, reduced) is what API Gateway imports; `client/api-types.ts` has the types of the former.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import openapiTypes, { astToString, COMMENT_HEADER } from "openapi-typescript";
import { gatewayDocument } from "../runtime/api/document/gateway";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { openApiDocument } from "../runtime/api/document/openapi";

const ROOT = join(__dirname, "..");
export const OPENAPI_FOLDER = join(ROOT, "contracts", "openapi");

/** By file name. */
export function openApiFiles(): Readonly<Record<string, string>> {
  const text = (document: object) => `${JSON.stringify(document, undefined, 2)}\n`;
  return { "api.json": text(openApiDocument("3.1.0")), "gateway.json": text(gatewayDocument()) };
}

export const CLIENT_TYPES = join(ROOT, "client", "api-types.ts");

/** Types of the API's paths and schemas, as openapi-fetch takes them. */
export async function clientTypes(): Promise<string> {
  return COMMENT_HEADER + astToString(await openapiTypes(openApiFiles()["api.json"]!));
}

async function main(): Promise<void> {
  mkdirSync(OPENAPI_FOLDER, { recursive: true });
  const files = new Map(
    Object.entries(openApiFiles()).map(([name, text]) => [join(OPENAPI_FOLDER, name), text]),
  ).set(CLIENT_TYPES, await clientTypes());
  for (const [path, text] of files) {
    const is = existsSync(path) && readFileSync(path, "utf8") === text ? "unchanged" : "written";
    if (is === "written") replaceFileSync(path, text);
    process.stdout.write(`${relative(ROOT, path)}: ${is}\n`);
  }
}

if (require.main === module) void main();
