import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { UserError } from "./clear-error";
import { nearestExisting } from "./output-folder";

/** A path, and how a person named it ("--data"). */
export interface NamedPath {
  readonly name: string;
  readonly path: string;
}

/**
 * Rejects outputs that are, contain or lie in an input, and outputs that contain one another. Folders are compared by
 * what they are on the disk: links, case and spelling hide nothing.
 */
export function assertApart(inputs: readonly NamedPath[], outputs: readonly NamedPath[]): void {
  for (const [i, output] of outputs.entries()) {
    for (const other of [...inputs, ...outputs.slice(0, i)]) {
      const how = relation(output.path, other.path);
      if (how === undefined) continue;
      throw new UserError(
        `${output.name} ${output.path} ${how} ${other.name} ${other.path}: name folders that are apart`,
      );
    }
  }
}

function relation(output: string, input: string): string | undefined {
  const [ofOutput, ofInput] = [identities(output), identities(input)];
  const [self, other] = [identity(output), identity(input)];
  const [from, to] = [realPath(output), realPath(input)];
  if (from === to || (self !== undefined && self === other)) return "is";
  if (from.startsWith(`${to}${sep}`) || (other !== undefined && ofOutput.includes(other))) return "lies in";
  if (to.startsWith(`${from}${sep}`) || (self !== undefined && ofInput.includes(self))) return "contains";
  return undefined;
}

/** Without links, as far as the path exists. */
function realPath(path: string): string {
  const missing: string[] = [];
  for (let at = resolve(path); ; at = dirname(at)) {
    if (identity(at) !== undefined) return join(realpathSync(at), ...missing);
    missing.unshift(basename(at));
  }
}

/** The path, as far as it exists, and all folders above it. */
function identities(path: string): string[] {
  const found: string[] = [];
  for (let at = nearestExisting(path); ; at = dirname(at)) {
    found.push(identity(at) ?? "");
    if (at === dirname(at)) return found;
  }
}

function identity(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found && `${found.dev}:${found.ino}`;
}
