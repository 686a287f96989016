import { createInterface } from "node:readline/promises";

/** Asks the person at the terminal, beside the output proper. */
export type Ask = (question: string) => Promise<string>;

/** Undefined where nobody is there to answer: a command then takes an option or stops. */
export function askOnTerminal(): Ask | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await prompt.question(question);
    } finally {
      prompt.close();
    }
  };
}
