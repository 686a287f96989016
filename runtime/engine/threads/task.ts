/** Sends an intermediate result to the thread that ordered the task. */
export type Report = (message: unknown) => void;

/** A function that a worker thread runs: it loads `module` and calls its export `name`. */
export interface Task<Payload, Result> {
  readonly module: string;
  readonly name: string;
  readonly run: (payload: Payload, report: Report) => Result | Promise<Result>;
}

/**
 * Makes an exported function a task: `defineTask(__filename, readBlocks)` in the module that exports `readBlocks`. A
 * payload is cloned on its way to the thread, except for what lies on shared memory.
 */
export function defineTask<Payload, Result>(
  module: string,
  run: Task<Payload, Result>["run"],
): Task<Payload, Result> {
  if (run.name === "") throw new Error(`${module}: a task needs a function with a name, exported under it`);
  return { module, name: run.name, run };
}
