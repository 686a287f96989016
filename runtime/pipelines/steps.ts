/** One finished step of a run. */
export interface StepRecord {
  readonly name: string;
  readonly seconds: number;
  readonly detail: string;
}

/** What a step tells while it runs; the command draws it. */
export interface StepListener {
  readonly onStart: (name: string) => void;
  readonly onProgress: (detail: string) => void;
  readonly onDone: (step: StepRecord) => void;
}

const SILENT: StepListener = {
  onStart: () => undefined,
  onProgress: () => undefined,
  onDone: () => undefined,
};

/** Runs the steps of a job one after the other and keeps the seconds of each. */
export class Steps {
  private readonly finished: StepRecord[] = [];
  private readonly started = performance.now();

  public constructor(private readonly listener: StepListener = SILENT) {}

  public async run<T>(
    name: string,
    work: (onProgress: (detail: string) => void) => Promise<{ result: T; detail: string }>,
  ): Promise<T> {
    const started = performance.now();
    this.listener.onStart(name);
    const { result, detail } = await work(this.listener.onProgress);
    const step = { name, seconds: (performance.now() - started) / 1000, detail };
    this.finished.push(step);
    this.listener.onDone(step);
    return result;
  }

  /** Steps so far, seconds since the start, and the process's peak memory in MB (10^6 bytes). */
  public measured(): { steps: readonly StepRecord[]; seconds: number; peakMegabytes: number } {
    return {
      steps: [...this.finished],
      seconds: (performance.now() - this.started) / 1000,
      // maxRSS is in kilobytes (1024 bytes) on Linux and macOS alike, as libuv gives it.
      peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
    };
  }
}
