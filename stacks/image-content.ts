import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the processing image is made of: what containers/processing/Dockerfile copies, and the file itself. */
export const IMAGE_SOURCES = [
  "containers/processing",
  "contracts",
  "forecasting",
  "package-lock.json",
  "package.json",
  "runtime",
  "tsconfig.json",
];

/**
 * A tag that says what is in the image: 40 hex digits over the paths and contents of its sources. The repository's tags
 * cannot be moved, so that a tag that stays the same while the content changes could be pushed once and never again.
 */
export function imageContentTag(root: string): string {
  const hash = createHash("sha256");
  for (const path of IMAGE_SOURCES.flatMap((source) => filesOf(root, source))) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 40);
}

/** Files at or below a path, in the order of their names; relative to the root. */
function filesOf(root: string, path: string): string[] {
  try {
    const entries = readdirSync(join(root, path)).sort();
    return entries.flatMap((entry) => filesOf(root, `${path}/${entry}`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return [path];
    throw error;
  }
}
