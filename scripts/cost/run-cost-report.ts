import type { Machine } from "../../asl/states";
import { MACHINE_KINDS, machineName } from "../../contracts/machines";
import { nightlyMachine } from "../../pipelines/nightly";
import { tuningMachine } from "../../pipelines/tuning";
import { weeklyMachine } from "../../pipelines/weekly";
import { TOKYO } from "../../policies/cost/pricing/tokyo";
import { costOfRun, type StageCost } from "../../preview/run-cost/run-cost";
import { CHAIN_SERIES } from "../../preview/run-cost/stage-work";
import { namePrefix } from "../../stacks/context";
import { plainPlace } from "../../stacks/pipelines/place";
import { parseSettings } from "../../stacks/settings";
import type { RecordedResource } from "../../preview/recorded-resource";
import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";

export interface RunCost {
  /** Physical name of the machine. */
  readonly machine: string;
  readonly stages: readonly StageCost[];
  readonly jobs: number;
  /** Of all jobs together. */
  readonly minutes: number;
  readonly usd: number;
  /** Share of the work whose rate was measured, 0 to 1. The start of the jobs is an estimate beside it. */
  readonly measuredShare: number;
}

/** What one run of each state machine of a plan costs, at the size of the chain. */
export function runCosts(resources: readonly Pick<RecordedResource, "type" | "inputs">[]): RunCost[] {
  return resources
    .filter(
      ({ type, inputs }) =>
        type === "aws:sfn/stateMachine:StateMachine" && typeof inputs.definition === "string",
    )
    .map(({ inputs }) => runCost(String(inputs.name), JSON.parse(inputs.definition as string) as Machine));
}

/** The same of settings alone: before a first deployment, the definitions wait for ids that cost nothing. */
export function runCostsBySettings(config: Readonly<Record<string, string>>): RunCost[] {
  const settings = parseSettings(config);
  const prefix = namePrefix(settings);
  const context = { settings, prefix, accountId: NOWHERE, region: config["aws:region"] ?? "" };
  const ids = { subnetIds: [], securityGroupIds: [], kmsKeyArn: "", processing: "" };
  const place = plainPlace(context, ids);
  return [nightlyMachine(place), weeklyMachine(place), tuningMachine(place)].map((machine, i) =>
    runCost(machineName(prefix, MACHINE_KINDS[i]!), machine),
  );
}

const NOWHERE = "000000000000";

function runCost(machine: string, definition: Machine): RunCost {
  const stages = costOfRun(definition, TOKYO);
  const sum = (some: readonly StageCost[], of: (stage: StageCost) => number) =>
    some.reduce((total, stage) => total + of(stage), 0);
  const measured = stages.filter(({ basis }) => basis === "measured");
  const work = sum(stages, ({ processorSeconds }) => processorSeconds);
  return {
    machine,
    stages,
    jobs: sum(stages, ({ jobs }) => jobs),
    minutes: sum(stages, ({ jobs, minutes }) => jobs * minutes),
    usd: sum(stages, ({ usd }) => usd),
    measuredShare: work === 0 ? 0 : sum(measured, ({ processorSeconds }) => processorSeconds) / work,
  };
}

/** A line a run, and with `all` a line a stage. */
export function runCostReport(runs: readonly RunCost[], all: boolean, paint: Colour): string[] {
  if (runs.length === 0) return [];
  const rows = runs.flatMap(({ machine, stages, jobs, minutes, usd, measuredShare }) => [
    [
      machine,
      `${jobs} jobs`,
      minutes.toFixed(0),
      usd.toFixed(2),
      `${Math.round(measuredShare * 100)} % of the work measured`,
    ],
    ...(all ? stages.map(stageRow) : []),
  ]);
  const columns = [
    { title: "run" },
    { title: "instances" },
    { title: "minutes", align: "right" },
    { title: "USD", align: "right" },
    { title: "rate" },
  ] as const;
  const [header = "", ...body] = table(columns, rows);
  return [
    paint.bold(
      `One run of each machine, ${CHAIN_SERIES.toLocaleString("en")} series, jobs and minutes of all of them`,
    ),
    "",
    paint.dim(header),
    ...body,
    "",
  ];
}

function stageRow({ state, jobs, instanceType, minutes, usd, basis, source }: StageCost): string[] {
  return [
    `  ${state}`,
    `${jobs} x ${instanceType}`,
    minutes.toFixed(1),
    usd.toFixed(3),
    `${basis}: ${source}`,
  ];
}
