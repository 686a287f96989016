import { Worker } from "node:worker_threads";
import { join } from "node:path";
import type { Task } from "./task";
import type { Answer, Order } from "./worker";

interface ThreadPoolOptions {
  /** Worker threads; the calling thread only waits. */
  readonly threads: number;
}

interface RunListeners {
  /** Takes what a task reports before it ends, with the index of its payload. */
  readonly onReport?: (message: unknown, index: number) => void;
  /** Called at once when a task fails, while others may still run. */
  readonly onError?: () => void;
}

/** Megabytes that one worker's own heap may take; rows lie outside of it. A tight limit makes it collect in time. */
const WORKER_HEAP_MEGABYTES = 384;
const WORKER_YOUNG_MEGABYTES = 16;

/** The extension tells whether this runs as TypeScript (through tsx) or compiled. */
const EXTENSION = __filename.endsWith(".ts") ? "ts" : "js";

function startWorker(): Worker {
  const file = join(__dirname, `worker.${EXTENSION}`);
  const limits = {
    maxOldGenerationSizeMb: WORKER_HEAP_MEGABYTES,
    maxYoungGenerationSizeMb: WORKER_YOUNG_MEGABYTES,
  };
  const options = { resourceLimits: limits };
  if (EXTENSION === "js") return new Worker(file, options);
  // A worker does not inherit mocha's or the parent's loader: it registers tsx itself before it loads TypeScript.
  const bootstrap = `require(${JSON.stringify(require.resolve("tsx/cjs"))}); require(${JSON.stringify(file)});`;
  return new Worker(bootstrap, { ...options, eval: true, execArgv: [] });
}

/** One worker thread that runs one task at a time. */
class PoolThread {
  private readonly worker = startWorker();
  private failure: Error | undefined;
  private settle: { resolve: (result: unknown) => void; reject: (error: unknown) => void } | undefined;
  private onReport: (message: unknown) => void = () => {};

  public constructor() {
    this.worker.unref();
    // A thread that comes up refs itself again.
    this.worker.on("online", () => {
      if (!this.settle) this.worker.unref();
    });
    this.worker.on("message", (answer: Answer) => this.receive(answer));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", (code) => this.fail(new Error(`a worker thread ended with code ${code}`)));
  }

  /** The process stays alive while a task runs, and only then: an idle pool that nobody closed holds nothing up. */
  public async run(order: Order, onReport: (message: unknown) => void): Promise<unknown> {
    if (this.failure) throw this.failure;
    this.onReport = onReport;
    this.worker.ref();
    try {
      return await new Promise((resolve, reject) => {
        this.settle = { resolve, reject };
        this.worker.postMessage(order);
      });
    } finally {
      this.settle = undefined;
      this.worker.unref();
    }
  }

  public async close(): Promise<void> {
    this.failure = new Error("the thread pool is closed");
    await this.worker.terminate();
  }

  public get isSound(): boolean {
    return this.failure === undefined && this.settle === undefined;
  }

  private receive(answer: Answer): void {
    if (answer.kind === "report") this.onReport(answer.message);
    else if (answer.kind === "result") this.settle?.resolve(answer.result);
    else this.settle?.reject(answer.error);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.settle?.reject(this.failure);
  }
}

/** Worker threads that wait for tasks. An error in a worker rejects the call with that error. */
export class ThreadPool {
  public readonly threads: number;
  private readonly members: readonly PoolThread[];
  private isClosed = false;

  public constructor({ threads }: ThreadPoolOptions) {
    if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
      throw new Error(`threads is ${threads}, allowed: a whole number from 1 to 64`);
    }
    this.threads = threads;
    this.members = Array.from({ length: threads }, () => idle?.pop() ?? new PoolThread());
  }

  /**
   * Runs one task per payload, at most one per thread at the same time, and returns the results in their order. After an
   * error no further task starts; the call rejects with it as soon as every thread is free again.
   */
  public async run<Payload, Result>(
    { module, name }: Task<Payload, Result>,
    payloads: readonly Payload[],
    { onReport = () => {}, onError = () => {} }: RunListeners = {},
  ): Promise<Result[]> {
    if (this.isClosed) throw new Error("the thread pool is closed");
    const results = new Array<Result>(payloads.length);
    const errors: unknown[] = [];
    let next = 0;
    const work = async (thread: PoolThread): Promise<void> => {
      while (next < payloads.length && errors.length === 0) {
        const index = next++;
        try {
          const order: Order = { module, name, payload: payloads[index] };
          results[index] = (await thread.run(order, (message) => onReport(message, index))) as Result;
        } catch (error) {
          errors.push(error);
          onError();
        }
      }
    };
    await Promise.all(this.members.slice(0, payloads.length).map(work));
    if (errors.length > 0) throw errors[0];
    return results;
  }

  public async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await Promise.all(
      this.members.map(async (thread) => {
        if (idle && thread.isSound) idle.push(thread);
        else await thread.close();
      }),
    );
  }
}

/** Threads that wait for the next pool; undefined: none are kept. */
let idle: PoolThread[] | undefined;

/**
 * Keeps the threads of closed pools for the next ones while `use` runs: a thread costs a quarter of a second to start, and a
 * night has dozens of small jobs.
 */
export async function withWarmThreads<Result>(use: () => Promise<Result>): Promise<Result> {
  if (idle) return use();
  idle = [];
  try {
    return await use();
  } finally {
    const kept = idle;
    idle = undefined;
    await Promise.all(kept.map((thread) => thread.close()));
  }
}

/** Lends a pool to `use` and closes it afterwards, also after an error. */
export async function withThreadPool<Result>(
  options: ThreadPoolOptions,
  use: (pool: ThreadPool) => Promise<Result>,
): Promise<Result> {
  const pool = new ThreadPool(options);
  try {
    return await use(pool);
  } finally {
    await pool.close();
  }
}
