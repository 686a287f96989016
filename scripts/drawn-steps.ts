import type { StepListener } from "../runtime/pipelines/steps";
import { type Progress, startProgress } from "./terminal/progress";

/** Shows the steps of a run as progress on stderr. */
export function drawnSteps(quiet: boolean): StepListener {
  let progress: Progress | undefined;
  return {
    onStart: (name) => (progress = startProgress(name, { quiet })),
    onProgress: (detail) => progress?.update(detail),
    onDone: ({ detail }) => progress?.done(detail),
  };
}
