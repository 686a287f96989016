import { constants } from "node:os";
import { asClearError, codeOf, UserError } from "../../runtime/engine/files/clear-error";
import { abandonWork } from "../../runtime/engine/files/work-in-progress";
import { PlanError } from "../../preview/plan-error";
import { watchHeap } from "./watch-heap";

/** What ends a command from outside. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Codes of what a person does to a stream: closes it, or lets its disk fill up. */
const CLOSED = new Set(["EPIPE", "ERR_STREAM_DESTROYED", "EIO"]);

/**
 * Runs the main function of a command with the arguments of the process. Exit code: what `main` gives, 1 for an error, 128
 * and the signal's number for a signal. A person's mistake is one line; a defect is its stack.
 *
 * A reader that closes the pipe (`| head -1`) ends the output, not the command: its exit code stays honest.
 *
 * @param stopped what is true when a signal has ended it, for a command that does more than write files
 */
export function runCommand(
  main: (argv: readonly string[]) => Promise<number> | number,
  stopped = "results of earlier runs are as they were",
): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", onOutputError);
  for (const signal of SIGNALS) process.on(signal, () => endBy(signal, stopped));
  process.on("uncaughtException", fail);
  watchHeap(fail);
  // Also what `main` throws before its first wait.
  new Promise<number>((resolve) => resolve(main(process.argv.slice(2)))).then(
    (code) => (process.exitCode ??= code),
    fail,
  );
}

/** Undoes what is half-written and ends; a second signal ends at once, whatever this one still does. */
function endBy(signal: (typeof SIGNALS)[number], stopped: string): void {
  for (const each of SIGNALS) process.removeAllListeners(each);
  const line = process.stderr.isTTY ? "\n" : "";
  say(`${line}stopped by ${signal}: ${stopped}`);
  abandonWork();
  process.exit(128 + constants.signals[signal]);
}

function fail(error: unknown): void {
  abandonWork();
  say(errorText(error));
  process.exit(1);
}

function onOutputError(error: Error): void {
  if (CLOSED.has(String(codeOf(error)))) return;
  const reason = codeOf(error) === "ENOSPC" ? "its device is full" : error.message;
  fail(new UserError(`the output cannot be written: ${reason}`));
}

/** Whether a person can mend it: the message is shown alone. */
export function isMistake(error: unknown): error is Error {
  return error instanceof UserError || error instanceof PlanError;
}

/** @returns the one line of a person's mistake and of what AWS answers or misses; undefined for a defect */
export function readableText(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "CredentialsProviderError") {
    return `nobody is signed in to AWS: ${error.message} (npm run doctor shows where the credentials lead)`;
  }
  const { message } = error;
  if (isMistake(error)) return message;
  if (!("$metadata" in error)) return undefined;
  // What the SDK gives up on has no name of AWS's: the resolver's or the network's own words.
  return "syscall" in error ? `AWS cannot be reached: ${message}` : message;
}

/** One line for what a person can mend, the stack for everything else. */
export function errorText(error: unknown): string {
  const clear = asClearError(error, "the output");
  const readable = readableText(clear);
  if (readable !== undefined) return readable;
  const { message, stack, constructor } = clear;
  // Errors of the engines below can be paragraphs; the first line names the cause.
  if (constructor === Error) return message.split("\n")[0] ?? "";
  return stack ?? message;
}

/** Synchronously where the system allows it, and never the cause of another error. */
function say(text: string): void {
  try {
    process.stderr.write(`${text}\n`);
  } catch {
    // Nobody can be told.
  }
}
