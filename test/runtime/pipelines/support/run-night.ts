import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { publishedKey } from "../../../../contracts/runs";
import type { CategoryAlgorithms } from "../../../../contracts/training-algorithms";
import type { MachineInput } from "../../../../contracts/machines";
import type { Outcome } from "../../../../asl/interpreter/execute";
import type { RunEvent } from "../../../../asl/interpreter/run";
import type { Json } from "../../../../asl/states";
import { nightlyMachine } from "../../../../pipelines/nightly";
import { tuningMachine } from "../../../../pipelines/tuning";
import { weeklyMachine } from "../../../../pipelines/weekly";
import type { LocalCloud } from "../../../../runtime/pipelines/local/local-cloud";
import { localMachineArn, localPlace } from "../../../../runtime/pipelines/local/local-place";
import { type Answer, runExecution } from "../../../../runtime/pipelines/local/run-execution";
import { RUN_DATE, standInJobs } from "./stand-in-jobs";

const NIGHT_START = Date.parse("2026-11-24T17:00:00Z");

export interface Night {
  readonly outcome: Outcome;
  readonly events: readonly RunEvent[];
  /** States that were entered, each once, in order. */
  readonly states: readonly string[];
  /** By the run's clock. */
  readonly minutes: number;
}

interface NightOptions {
  readonly answer?: Answer;
  readonly number?: number;
  readonly runDate?: string;
  readonly signal?: AbortSignal;
  /** Days after the run's usual start. */
  readonly laterDays?: number;
  readonly algorithms?: CategoryAlgorithms;
  /** What the input has beside the day. */
  readonly started?: Pick<MachineInput, "reason" | "categories">;
}

const HOUR = 3600_000;

export const runNight = (cloud: LocalCloud, options: NightOptions = {}) => runOne("nightly", cloud, options);
export const runWeek = (cloud: LocalCloud, options: NightOptions = {}) => runOne("weekly", cloud, options);
export const runTuning = (cloud: LocalCloud, options: NightOptions = {}) => runOne("tuning", cloud, options);

const MACHINES = { nightly: nightlyMachine, weekly: weeklyMachine, tuning: tuningMachine };

async function runOne(kind: keyof typeof MACHINES, cloud: LocalCloud, options: NightOptions): Promise<Night> {
  const { number = 1, runDate = RUN_DATE, signal } = options;
  const events: RunEvent[] = [];
  const outcome = await runExecution({
    cloud,
    machine: MACHINES[kind]({ ...localPlace(), algorithms: options.algorithms ?? {} }),
    machineArn: localMachineArn(kind),
    name: `${kind}-${runDate}-${number}`,
    input: { runDate, ...options.started } as Json,
    now: NIGHT_START + (number - 1) * HOUR + (options.laterDays ?? 0) * 24 * HOUR,
    onEvent: (event) => events.push(event),
    answer: options.answer ?? standInJobs(cloud),
    signal,
  });
  const states = events.filter(({ kind }) => kind === "entered").map(({ state }) => state);
  const last = events.at(-1)?.time ?? NIGHT_START;
  return { outcome, events, states: [...new Set(states)], minutes: (last - events[0]!.time) / 60_000 };
}

export function published(
  cloud: LocalCloud,
  name: "night" | "lake" | "week" | "monitor",
): Record<string, string> | undefined {
  const path = cloud.objectPath(localPlace().buckets.results, publishedKey(name));
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, string>) : undefined;
}

export function alertsOf(cloud: LocalCloud): { Subject: string; Message: Record<string, unknown> }[] {
  return cloud.names("alerts").map((name) => {
    const { Subject, Message } = cloud.readJson<{ Subject: string; Message: string }>("alerts", name)!;
    return { Subject, Message: JSON.parse(Message) as Record<string, unknown> };
  });
}

/** Files below the cloud's S3 with their content. */
export function objectsOf(cloud: LocalCloud): Record<string, string> {
  const root = cloud.at("s3");
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const entries = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(root, path), readFileSync(path, "utf8")] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
