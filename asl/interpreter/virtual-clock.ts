/** The time of a run. */
export interface Clock {
  /** Milliseconds since 1970 in UTC. */
  readonly now: () => number;
  /** Ends early, and as if the time had passed, when `signal` says so. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Work whose duration the clock does not measure: time stands still while it runs. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets time pass inside `during`: work that takes so long. */
  readonly spend: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * Passes the time as soon as everybody waits for it: a week of waiting takes no second, and whoever is due first wakes
 * first. Work inside `during` holds the time; it may sleep by the same clock, and then it takes that long.
 */
export class VirtualClock implements Clock {
  private sleepers: Sleeper[] = [];
  private working = 0;

  public constructor(private time: number) {}

  public now = (): number => this.time;

  public sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper = { until: this.time + Math.max(0, milliseconds), wake };
      this.sleepers.push(sleeper);
      signal?.addEventListener("abort", wake);
      this.look();
    });

  public async during<T>(work: () => Promise<T>): Promise<T> {
    this.working++;
    try {
      return await work();
    } finally {
      this.working--;
      this.look();
    }
  }

  public spend = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    this.working--;
    await this.sleep(milliseconds, signal);
    this.working++;
  };

  /** After all that can still run without time having passed. */
  private look(): void {
    setImmediate(() => {
      if (this.working > 0 || this.sleepers.length === 0) return;
      const next = this.sleepers.reduce((first, other) => (other.until < first.until ? other : first));
      this.time = Math.max(this.time, next.until);
      next.wake();
      this.look();
    });
  }
}
