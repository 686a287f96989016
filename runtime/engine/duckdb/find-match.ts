import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The text of a pattern's part without globSafe's brackets around single characters. */
const literal = (part: string) => part.replace(/\[(.)\]/g, "$1");

function matcher(part: string): RegExp {
  const escaped = part
    .split(/(\[.\]|\*|\?)/)
    .map((piece) => {
      if (piece === "*") return ".*";
      if (piece === "?") return ".";
      return literal(piece).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${escaped}$`);
}

/**
 * The first file that a pattern of ours (`*`, `?` and globSafe's brackets) matches; undefined when there is none.
 *
 * @throws the system's error when a folder cannot be listed
 */
export function findMatch(pattern: string): string | undefined {
  const [first = "", ...parts] = pattern.split("/");
  return search(first === "" ? "/" : literal(first), parts);
}

function search(folder: string, [part, ...rest]: readonly string[]): string | undefined {
  if (part === undefined) return folder;
  const matches = matcher(part);
  for (const name of namesIn(folder).filter((name) => matches.test(name))) {
    const found = search(join(folder, name), rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
}
