import { createHash } from "node:crypto";
import type { Variant } from "../../contracts/variants";

/**
 * Bytes of the digest that are read as a number: 48 bits, exact in a double and finer than any share.
 */
const HASH_BYTES = 6;

/**
 * Which variant serves a store for as long as an experiment runs: the same answer from every process, at any time. A larger
 * share only adds stores to the challenger's, so nobody moves back while it grows; another experiment draws other stores.
 *
 * @param storeId the chain's own code of the store: numbers of the lake are given anew when a store opens
 * @param share of the stores that the challenger serves, 0 to 1
 */
export function assignVariant(storeId: string, experimentId: string, share: number): Variant {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`share of the challenger is ${share}; allowed: 0 to 1`);
  }
  return storeHash(storeId, experimentId) < share ? "challenger" : "champion";
}

/** Uniform in [0, 1). The ids are written as JSON, so that no two pairs run together. */
function storeHash(storeId: string, experimentId: string): number {
  const digest = createHash("sha256")
    .update(JSON.stringify([experimentId, storeId]))
    .digest();
  return digest.readUIntBE(0, HASH_BYTES) / 2 ** (8 * HASH_BYTES);
}
