import type { Recording } from "../../preview/recorded-resource";
import type { Context } from "../../stacks/context";
import { createDataLake } from "../../stacks/data-lake";
import { createIdentity } from "../../stacks/identity";
import { createKeys } from "../../stacks/keys";
import { createNetwork } from "../../stacks/network";
import { testContext } from "./context";
import { record } from "./record";

/** The first slices in the order of index.ts: what every later slice is given. */
export function createFoundation(context: Context) {
  const keys = createKeys(context);
  const network = createNetwork(context, { keys });
  const dataLake = createDataLake(context, { keys, network });
  const identity = createIdentity(context, { keys, network, dataLake });
  return { keys, network, dataLake, identity };
}

export interface Foundation {
  readonly recording: Recording;
  readonly slices: ReturnType<typeof createFoundation>;
}

const recorded = new Map<string, Promise<Foundation>>();

/** The foundation of an environment's own settings, recorded once for all specs that only look at it. */
export function foundationOf(environment: "dev" | "prod", { preview = false } = {}): Promise<Foundation> {
  const key = `${environment} ${preview}`;
  const known = recorded.get(key) ?? recordFoundation(environment, preview);
  recorded.set(key, known);
  return known;
}

async function recordFoundation(environment: "dev" | "prod", preview: boolean): Promise<Foundation> {
  const context = testContext(environment);
  let slices: ReturnType<typeof createFoundation> | undefined;
  const recording = await record(() => void (slices = createFoundation(context)), { preview });
  if (!slices) throw new Error("the program ended before its slices were made");
  return { recording, slices };
}
