import { wantsColour } from "./colour";

/** Where a command writes; a spec gives its own. */
export interface Output {
  /** The answer, a line or several. */
  readonly out: (text: string) => void;
  /** What went wrong, and remarks that are no answer. */
  readonly error: (text: string) => void;
  /** Whether the answer may hold colours. */
  readonly colour: boolean;
}

/** The terminal, or what its streams lead to. */
export const terminalOutput = (): Output => ({
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
  colour: wantsColour(process.stdout),
});
