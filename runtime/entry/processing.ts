/**
 * Entry point of the processing container, one job a stage: `features --from 2026-11-24 --to 2026-11-30`. Folders default to
 * where SageMaker Processing mounts inputs and collects outputs (contracts/processing-container.ts).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { processingKept, processingResult } from "../../contracts/processing-container";
import { abandonWork } from "../engine/files/work-in-progress";
import { runStage } from "../engine/stages/run-stage";
import { JobArgumentError, JobArguments } from "./arguments";
import { deliver } from "./deliver";
import { JOBS } from "./jobs";

/**
 * Runs one job and writes one line of JSON about it. A result that an earlier run has left in the output folder, from the
 * same inputs and options, stays: its outcome is "unchanged".
 *
 * @returns the exit code: 2 for wrong arguments, 1 for a job that failed
 */
export async function main(argv: readonly string[], write: (line: string) => void = log): Promise<number> {
  const started = performance.now();
  const name = argv[0] ?? "";
  try {
    const job = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined;
    if (!job) {
      throw new JobArgumentError(`job "${name}" does not exist; there are: ${Object.keys(JOBS).join(", ")}`);
    }
    const given = new JobArguments(argv.slice(1), name, job.options);
    const stage = job.stage(given);
    const { report, isResumed } = await runStage({ ...stage, name, describe: () => "" });
    if (given.isCollected) {
      const paths = [processingResult(name), ...(job.keeps ? [processingKept(name)] : [])];
      for (const path of paths) deliver(name, job, { result: stage.out, localPath: path, target: path });
    }
    if (job.logged !== undefined && !isResumed) logLines(join(stage.out, job.logged), write);
    const outcome = isResumed ? "unchanged" : "done";
    write(JSON.stringify({ job: name, outcome, seconds: seconds(started), ...report }));
    return 0;
  } catch (error) {
    const [message] = (error instanceof Error ? error.message : String(error)).split("\n");
    write(JSON.stringify({ job: name, outcome: "failed", seconds: seconds(started), message }));
    return error instanceof JobArgumentError ? 2 : 1;
  }
}

function logLines(path: string, write: (line: string) => void): void {
  for (const line of readFileSync(path, "utf8").split("\n")) if (line !== "") write(line);
}

function seconds(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** 128 and the number of SIGTERM. */
const STOPPED = 143;

if (require.main === module) {
  // A container's first process has no handler by default: without one it would work on until it is killed.
  process.once("SIGTERM", () => {
    abandonWork();
    log(JSON.stringify({ job: process.argv[2] ?? "", outcome: "stopped" }));
    process.exit(STOPPED);
  });
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
