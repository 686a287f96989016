import { runStage, type Stage } from "../engine/stages/run-stage";

/** One finished step of a run. */
interface StepRecord {
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

/** Runs the stages of a job one after the other and tells a listener. */
export class Steps {
  public constructor(private readonly listener: StepListener = SILENT) {}

  public async run<Report extends object>(stage: Stage<Report>): Promise<Report> {
    this.listener.onStart(stage.name);
    const { report, detail, seconds, isResumed } = await runStage(stage, this.listener.onProgress);
    this.listener.onDone({
      name: stage.name,
      seconds: isResumed ? 0 : seconds,
      detail: isResumed ? `${detail} (done by an earlier run)` : detail,
    });
    return report;
  }
}
