import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import type { Report } from "./task";

/** From the pool to a worker. */
export interface Order {
  readonly module: string;
  readonly name: string;
  readonly payload: unknown;
}

/** From a worker to the pool: any number of reports, then a result or an error. */
export type Answer =
  | { readonly kind: "report"; readonly message: unknown }
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly error: unknown };

const port = parentPort;
if (!port)
  throw new Error(
    "runtime/engine/threads/worker.ts is the body of a worker thread: start it with a ThreadPool",
  );

const load = createRequire(__filename);

port.on("message", (order: Order) => void answer(order));

async function answer({ module, name, payload }: Order): Promise<void> {
  const send = (message: Answer) => port!.postMessage(message);
  try {
    const run = (load(module) as Record<string, unknown>)[name];
    if (typeof run !== "function") throw new Error(`${module} exports no function "${name}"`);
    const report: Report = (message) => send({ kind: "report", message });
    send({ kind: "result", result: await (run as (...given: unknown[]) => unknown)(payload, report) });
  } catch (error) {
    send({ kind: "error", error });
  }
}
