/** What a person can put right: its message is shown alone, one line per thing, without a stack trace. */
export class PlanError extends Error {
  constructor(lines: string | readonly string[]) {
    super(typeof lines === "string" ? lines : lines.join("\n"));
    this.name = "PlanError";
  }
}
