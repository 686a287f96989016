import type { Context } from "../../stacks/context";
import { createDataLake } from "../../stacks/data-lake";
import { createIdentity } from "../../stacks/identity";
import { createKeys } from "../../stacks/keys";
import { createNetwork } from "../../stacks/network";

/** The first slices in the order of index.ts: what every later slice is given. */
export function createFoundation(context: Context) {
  const keys = createKeys(context);
  const network = createNetwork(context, { keys });
  const dataLake = createDataLake(context, { keys, network });
  const identity = createIdentity(context, { keys, network, dataLake });
  return { keys, network, dataLake, identity };
}
