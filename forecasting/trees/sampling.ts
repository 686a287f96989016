/** A well-mixed 32-bit hash (the finaliser of MurmurHash3): the same draw on every thread without a shared generator. */
export function mix32(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const TWO_32 = 2 ** 32;

/** A number in [0, 1) that depends on the three only. */
function draw(seed: number, round: number, item: number): number {
  return mix32(mix32(mix32(seed + 0x9e3779b9) ^ round) + item) / TWO_32;
}

/** The features of one round: always the same number of them, at least one, in ascending order. */
export function sampleFeatures(count: number, share: number, seed: number, round: number): number[] {
  const all = Array.from({ length: count }, (_, feature) => feature);
  if (share >= 1) return all;
  const sampleSize = Math.max(1, Math.round(share * count));
  const ranked = all.map((feature) => ({ feature, rank: draw(seed ^ 0x5bf03635, round, feature) }));
  ranked.sort((a, b) => a.rank - b.rank || a.feature - b.feature);
  return ranked
    .slice(0, sampleSize)
    .map(({ feature }) => feature)
    .sort((a, b) => a - b);
}

/**
 * Writes the rows of one round into `order`: first the drawn training rows, then the out-of-sample rows, which ride along to
 * their leaf but are not in the bag (training rows that were not drawn, and the validation rows). Returns the number drawn.
 */
export function sampleRows(
  order: Uint32Array,
  scratch: Uint32Array,
  trainRows: number,
  sampling: { readonly share: number; readonly seed: number; readonly round: number },
): number {
  let drawn = 0;
  let rest = 0;
  for (let row = 0; row < trainRows; row++) {
    if (draw(sampling.seed, sampling.round, row) < sampling.share) order[drawn++] = row;
    else scratch[rest++] = row;
  }
  order.set(scratch.subarray(0, rest), drawn);
  for (let row = trainRows; row < order.length; row++) order[row] = row;
  return drawn;
}
