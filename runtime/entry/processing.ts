/**
 * Entry point of the processing container: `build-features --from 2026-11-24 --to 2026-11-30` or
 * `ingest --today 2026-11-23`. Folders default to where SageMaker Processing mounts inputs and collects outputs.
 */
import { parseArgs } from "node:util";
import { buildFeatures } from "../features/build-features";
import { ingest } from "../ingest/ingest";

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html */
const MOUNT = "/opt/ml/processing";

const USAGE =
  "build-features --from DAY --to DAY [--cutoff DAY] [--block N]... | ingest --today DAY; both [--input FOLDER] [--output FOLDER]";

/** A wrong argument: its message is all that the job's log needs. */
export class JobArgumentError extends Error {}

type Arguments = ReturnType<typeof parse>;

const JOBS: Readonly<Record<string, (given: Arguments) => Promise<object>>> = {
  "build-features": ({ values }) =>
    buildFeatures({
      lake: values.input ?? `${MOUNT}/input/lake`,
      out: values.output ?? `${MOUNT}/output/features/rows`,
      from: day("from", values.from),
      to: day("to", values.to),
      ...(values.cutoff === undefined ? {} : { cutoff: day("cutoff", values.cutoff) }),
      ...(values.block === undefined ? {} : { blocks: values.block.map(block) }),
    }),
  ingest: async ({ values }) => {
    const { summary, readCount, keptCount, mergedCount, refusedCount, remarks } = await ingest({
      input: values.input ?? `${MOUNT}/input/raw`,
      lake: values.output ?? `${MOUNT}/output/lake/tables`,
      today: day("today", values.today),
    });
    return { cutoff: summary.cutoff, readCount, keptCount, mergedCount, refusedCount, remarks };
  },
};

/**
 * Runs one job and writes one line of JSON about it.
 *
 * @returns the exit code: 2 for wrong arguments, 1 for a job that failed
 */
export async function main(argv: readonly string[], write: (line: string) => void = log): Promise<number> {
  const started = performance.now();
  const job = argv[0] ?? "";
  try {
    const given = parse(argv);
    const run = Object.hasOwn(JOBS, job) ? JOBS[job] : undefined;
    if (!run) throw new JobArgumentError(`job "${job}" does not exist; there are: ${USAGE}`);
    const result = await run(given);
    write(JSON.stringify({ job, outcome: "done", seconds: seconds(started), ...result }));
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    write(JSON.stringify({ job, outcome: "failed", seconds: seconds(started), message }));
    return error instanceof JobArgumentError ? 2 : 1;
  }
}

function parse(argv: readonly string[]) {
  try {
    const text = { type: "string" } as const;
    return parseArgs({
      args: argv.slice(1),
      options: {
        input: text,
        output: text,
        from: text,
        to: text,
        cutoff: text,
        today: text,
        block: { type: "string", multiple: true },
      },
    });
  } catch (error) {
    throw new JobArgumentError(
      `${error instanceof Error ? error.message.split(". ")[0] : String(error)} (${USAGE})`,
    );
  }
}

function day(name: string, text: string | undefined): string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    throw new JobArgumentError(
      `--${name} is ${text === undefined ? "not given" : `"${text}"`}; allowed: a day such as 2026-11-23`,
    );
  }
  return text;
}

function block(text: string): number {
  if (!/^\d+$/.test(text)) throw new JobArgumentError(`--block is "${text}"; allowed: the number of a block`);
  return Number(text);
}

function seconds(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (require.main === module) {
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
