/** What a state reports when it fails: a name that Retry and Catch match, and a cause in words. */
export class StateError extends Error {
  public override readonly name = "StateError";

  public constructor(
    public readonly error: string,
    public readonly errorCause: string,
  ) {
    super(`${error}: ${errorCause}`);
  }
}

/** No wildcard stands for these. */
const TERMINAL = new Set(["States.DataLimitExceeded", "States.Runtime"]);

/** Whether `ErrorEquals` names the error: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export function namesError(errorEquals: readonly string[], error: string): boolean {
  return errorEquals.some((name) => {
    if (name === error) return true;
    if (TERMINAL.has(error)) return false;
    return name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout");
  });
}

/** Whatever a task throws, as a state's error. */
export function asStateError(error: unknown): StateError {
  if (error instanceof StateError) return error;
  return new StateError("States.TaskFailed", error instanceof Error ? error.message : String(error));
}
