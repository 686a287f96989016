import { isInsideApply, markApply } from "./mark-apply";

/** Watches a running program for what the SDK swallows: resources made inside `apply`, and failures nobody awaits. */
export interface ProgramWatch {
  readonly run: <T>(body: () => Promise<T>) => Promise<T>;
  /** Gives late rejections a chance to arrive. */
  readonly settle: () => Promise<void>;
  readonly stop: () => void;
  /** Called synchronously from a resource's constructor. */
  readonly checkRegistration: (type: string, name: string) => undefined;
  readonly problems: readonly string[];
}

export function watchProgram(): ProgramWatch {
  const problems: string[] = [];
  const stopApply = markApply();
  const stopRejections = collectRejections(problems);
  return {
    problems,
    run: (body) => Promise.race([body(), stopRejections.firstRejection]) as ReturnType<typeof body>,
    checkRegistration: (type, name) => {
      if (isInsideApply())
        problems.push(`${type} "${name}" is made inside apply: a preview would not show it`);
      return undefined;
    },
    settle: async () => {
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    stop: () => {
      stopApply();
      stopRejections.stop();
    },
  };
}

/**
 * Failures that reach nobody. The listeners of others (a test runner's, say) are set aside meanwhile: under the CLI the
 * run ends with such a failure, here the recording does.
 */
function collectRejections(problems: string[]): { stop: () => void; firstRejection: Promise<never> } {
  let reject: (reason: unknown) => void = () => undefined;
  const firstRejection = new Promise<never>((_, rejectPromise) => (reject = rejectPromise));
  firstRejection.catch(() => undefined);
  const others = process.listeners("unhandledRejection");
  const listener = (reason: unknown) => {
    problems.push(messageOf(reason));
    reject(reason);
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", listener);
  return {
    firstRejection,
    stop: () => {
      process.removeListener("unhandledRejection", listener);
      for (const other of others) process.on("unhandledRejection", other);
    },
  };
}

export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
