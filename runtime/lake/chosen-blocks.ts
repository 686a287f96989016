import type { LakeSummary } from "../../forecasting/lake/schema";

/** The blocks of a shard, ascending and each once; all of the lake's when none are chosen. */
export function chosenBlocks(
  { blocks }: Pick<LakeSummary, "blocks">,
  chosen?: readonly number[],
): readonly number[] {
  if (chosen === undefined) return blocks;
  const unknown = chosen.find((block) => !blocks.includes(block));
  if (unknown !== undefined) {
    const last = blocks.at(-1);
    const there =
      last === undefined ? "it has none" : `it has ${blocks.length}, from ${blocks[0]} to ${last}`;
    throw new Error(`block ${unknown} is not in the lake: ${there}`);
  }
  return [...new Set(chosen)].sort((a, b) => a - b);
}
