import { buildFeatures, type BuildFeaturesOptions } from "../../runtime/features/build-features";
import { reduceChain, sumChain } from "../../runtime/features/chain-sums";

/** The features of all blocks, both passes, as one machine runs them; the sums stay beside `out`. */
export async function buildAllFeatures(options: Omit<BuildFeaturesOptions, "chainSums" | "blocks">) {
  const { lake, out, from, to, cutoff } = options;
  const [parts, chainSums] = [`${out}-block-sums`, `${out}-chain-sums`];
  await sumChain({ lake, out: parts, from, to, cutoff });
  await reduceChain({ lake, parts: [parts], out: chainSums });
  return buildFeatures({ ...options, chainSums });
}
