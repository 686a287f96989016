import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { addFile } from "../files/mark-folder";
import { collectGarbage } from "./collect-garbage";
import { fingerprintOf, fingerprintOfFiles, programFingerprint } from "./fingerprint";

/** In the output folder of every stage that has finished. */
export const STAGE_FILE = ".stage.json";

/** One step of a job: files in, files out. */
export interface Stage<Report extends object> {
  readonly name: string;
  /** Folders or files by name; one that is undefined is not given. */
  readonly inputs: Readonly<Record<string, string | undefined>>;
  /** Folder of the result, which `run` replaces whole or not at all. */
  readonly out: string;
  /** What else decides the result: plain JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly run: (onProgress: (detail: string) => void) => Promise<Report>;
  /** What was done, in a few words for people. */
  readonly describe: (report: Report) => string;
}

export interface FinishedStage<Report> {
  readonly report: Report;
  readonly detail: string;
  readonly seconds: number;
  /** Whether an earlier run had finished it from the same inputs, with the same options and the same program. */
  readonly isResumed: boolean;
}

const recordSchema = z.object({
  stage: z.string(),
  /** Of stage, program, options and inputs. */
  fingerprint: z.string(),
  program: z.string(),
  options: z.record(z.string(), z.unknown()),
  inputs: z.record(z.string(), z.string()),
  seconds: z.number(),
  detail: z.string(),
  report: z.record(z.string(), z.unknown()),
});

type StageRecord = z.infer<typeof recordSchema>;

/** Undefined where no stage has finished. */
export function readStage(folder: string): StageRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(readFileSync(join(folder, STAGE_FILE), "utf8"))).data;
  } catch {
    return undefined;
  }
}

const SILENT = () => undefined;

/**
 * Runs a stage, unless its output folder says that it has been run already. Options and reports pass through JSON: what a
 * later stage or a later run reads is exactly what this one answers.
 */
export async function runStage<Report extends object>(
  { name, inputs, out, options, run, describe }: Stage<Report>,
  onProgress: (detail: string) => void = SILENT,
): Promise<FinishedStage<Report>> {
  const program = programFingerprint();
  const given = Object.fromEntries(
    Object.entries(inputs).flatMap(([input, path]) =>
      path === undefined ? [] : [[input, inputPrint(path)]],
    ),
  );
  const plain = throughJson(options);
  const fingerprint = fingerprintOf({ stage: name, program, options: plain, inputs: given });
  const before = readStage(out);
  if (before?.fingerprint === fingerprint) {
    const { report, detail, seconds } = before;
    return { report: report as Report, detail, seconds, isResumed: true };
  }
  const started = performance.now();
  const report = throughJson(await run(onProgress));
  collectGarbage();
  const seconds = Math.round(performance.now() - started) / 1000;
  const detail = describe(report);
  const record: StageRecord = {
    stage: name,
    fingerprint,
    program,
    options: plain,
    inputs: given,
    seconds,
    detail,
    report: report as Record<string, unknown>,
  };
  addFile(out, STAGE_FILE, `${JSON.stringify(record, undefined, 2)}\n`);
  return { report, detail, seconds, isResumed: false };
}

/** A stage's output is known by what it was made from, anything else by its files. */
function inputPrint(path: string): string {
  return readStage(path)?.fingerprint ?? fingerprintOfFiles(path);
}

function throughJson<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
