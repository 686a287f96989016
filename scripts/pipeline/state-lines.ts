import type { StateEvent } from "../../runtime/pipelines/pipeline-runs";

/** States that do something which a person waits for or wants to know of. */
const SHOWN = new Set(["Task", "Map", "Parallel", "Wait", "Fail"]);
/** Of a cause: job failures can be pages of JSON. */
const CAUSE_CHARACTERS = 160;

/** Shows a line apart from what the run comes to, which is on standard output. */
export const tellState = (line: string): void => void process.stderr.write(`${line}\n`);

/** Turns the events of a run into lines, each state with the seconds since it was entered. */
export class StateLines {
  private readonly entered = new Map<string, number>();

  public constructor(private readonly now: () => number) {}

  /** Undefined for what is not worth a line. */
  public lineOf({ kind, state, type, detail = "" }: StateEvent): string | undefined {
    if (kind === "entered") this.entered.set(state, this.now());
    const isShown = type === undefined || SHOWN.has(type);
    if (kind === "left") return isShown ? `  ${state} (${this.secondsOf(state)} s)` : undefined;
    if (kind === "entered") return undefined;
    const words = { retried: "failed, tries again", caught: "failed, goes on", failed: "failed" }[kind];
    return `  ${state}: ${words}: ${detail.split("\n")[0]!.slice(0, CAUSE_CHARACTERS)}`;
  }

  private secondsOf(state: string): string {
    return ((this.now() - (this.entered.get(state) ?? this.now())) / 1000).toFixed(1);
  }
}
