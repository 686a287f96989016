import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Json } from "../../../asl/states";
import { StateError } from "../../../asl/interpreter/state-error";

type Entry =
  | { readonly kind: "started"; readonly time: number; readonly input: Json }
  | { readonly kind: "answered"; readonly call: string; readonly answer: Json }
  | { readonly kind: "failed"; readonly call: string; readonly error: string; readonly cause: string }
  | { readonly kind: "ended"; readonly status: string; readonly error?: string; readonly cause?: string };

/**
 * What an execution has done, a line a fact. A run whose process was killed is run again from its first state: what the
 * journal has an answer of is not done again, and everything else comes out the same.
 */
export class Journal {
  private readonly answers = new Map<string, Entry>();
  public readonly started: (Entry & { kind: "started" }) | undefined;
  public readonly ended: (Entry & { kind: "ended" }) | undefined;

  public constructor(private readonly path: string) {
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    // A process that was killed may have left its last line half written: what comes now begins a new one.
    if (text !== "" && !text.endsWith("\n")) appendFileSync(path, "\n");
    const entries = entriesOf(text);
    for (const entry of entries) {
      if (entry.kind === "started") this.started ??= entry;
      else if (entry.kind === "ended") this.ended = entry;
      else this.answers.set(entry.call, entry);
    }
  }

  /** @param call names the call among all of the run */
  public async once(call: string, work: () => Promise<Json>): Promise<Json> {
    const before = this.answers.get(call);
    if (before?.kind === "answered") return before.answer;
    if (before?.kind === "failed") throw new StateError(before.error, before.cause);
    try {
      const answer = await work();
      this.write({ kind: "answered", call, answer });
      return answer;
    } catch (error) {
      if (error instanceof StateError)
        this.write({ kind: "failed", call, error: error.error, cause: error.errorCause });
      throw error;
    }
  }

  public write(entry: Entry): void {
    mkdirSync(dirname(this.path), { recursive: true });
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
  }
}

/** A line that is no JSON was being written when the process ended: it does not count. */
function entriesOf(text: string): Entry[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
}
