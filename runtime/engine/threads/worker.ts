import { parentPort } from "node:worker_threads";
import { TASKS, type Report, type TaskName } from "./tasks";

/** From the pool to a worker. */
export interface Order {
  readonly task: TaskName;
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

port.on("message", (order: Order) => void answer(order));

async function answer({ task, payload }: Order): Promise<void> {
  const send = (message: Answer) => port!.postMessage(message);
  try {
    const run = TASKS[task] as (payload: unknown, report: Report) => unknown;
    send({ kind: "result", result: await run(payload, (message) => send({ kind: "report", message })) });
  } catch (error) {
    send({ kind: "error", error });
  }
}
