import { existsSync } from "node:fs";
import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import type { LakeSummary } from "../../forecasting/lake/schema";

/**
 * The file of every block of the lake, in ascending order, from folders that shards wrote. A block that is missing or
 * there twice would make a sum over the chain wrong without a trace.
 */
export function blockParts({ blocks }: LakeSummary, folders: readonly string[], file: string): string[] {
  return blocks.map((block) => {
    const found = folders
      .map((folder) => join(folder, blockName(block), file))
      .filter((path) => existsSync(path));
    if (found.length === 1) return found[0]!;
    const where =
      found.length === 0
        ? `not in ${folders.join(", ")}`
        : `there ${found.length} times: ${found.join(", ")}`;
    throw new Error(`${file} of block ${block} is ${where}`);
  });
}
