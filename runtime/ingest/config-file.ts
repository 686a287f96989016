import { UserError } from "../engine/files/clear-error";
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { parseIngestConfig, type IngestConfig } from "./config";

/** A data folder says with this file how its files are to be read. */
export const CONFIG_FILE = "smartretail.data.yaml";

/** Reads a config in YAML (or JSON, which YAML contains). */
async function readIngestConfig(path: string): Promise<IngestConfig> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const isMissing = (error as { code?: unknown }).code === "ENOENT";
    throw new UserError(isMissing ? `${path}: there is no such config file` : `${path}: cannot be read`);
  });
  return parseIngestConfig(parseYaml(text, path), path);
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 }) as unknown;
  } catch (error) {
    const why = error instanceof YAMLParseError || error instanceof Error ? error.message : String(error);
    throw new UserError(`${path}: not YAML (${why.split("\n")[0]})`, { cause: error });
  }
}

/** The given config, else the one in the data folder (or beside a lone file), else `otherwise` or the defaults. */
export async function configFor(
  input: string,
  given: string | object | undefined,
  otherwise: IngestConfig | undefined = undefined,
): Promise<IngestConfig> {
  if (typeof given === "string") return readIngestConfig(given);
  if (given !== undefined) return parseIngestConfig(given, "config");
  const kind = await stat(input).catch(() => undefined);
  const path = join(kind?.isFile() ? dirname(input) : input, CONFIG_FILE);
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? readIngestConfig(path) : (otherwise ?? parseIngestConfig({}, "config"));
}
