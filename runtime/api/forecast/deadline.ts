/** A step that did not end in the time that it had. */
class DeadlineError extends Error {
  public constructor(what: string) {
    super(`${what} did not answer in time`);
  }
}

/** The time that is left for one answer. */
export class Deadline {
  private readonly end: number;

  /** @param clock milliseconds that only ever go up */
  public constructor(
    milliseconds: number,
    private readonly clock: () => number,
  ) {
    this.end = clock() + milliseconds;
  }

  /** Milliseconds, never below 0. */
  public remaining(): number {
    return Math.max(0, this.end - this.clock());
  }

  /**
   * Runs one step in a share of what is left. When its time is over the signal aborts and the promise is rejected, whether
   * the step listens to the signal or not.
   */
  public async within<T>(what: string, share: number, step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new DeadlineError(what);
        controller.abort(error);
        reject(error);
      }, this.remaining() * share);
    });
    try {
      return await Promise.race([step(controller.signal), over]);
    } finally {
      clearTimeout(timer);
    }
  }
}
