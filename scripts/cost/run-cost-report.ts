import type { Machine } from "../../asl/states";
import { TOKYO } from "../../policies/cost/pricing/tokyo";
import { costOfRun, type StageCost } from "../../preview/run-cost/run-cost";
import { CHAIN_SERIES } from "../../preview/run-cost/stage-work";
import type { RecordedResource } from "../../preview/recorded-resource";
import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";

export interface RunCost {
  /** Physical name of the machine. */
  readonly machine: string;
  readonly stages: readonly StageCost[];
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
    .map(({ inputs }) => {
      const stages = costOfRun(JSON.parse(inputs.definition as string) as Machine, TOKYO);
      const sum = (some: readonly StageCost[], key: "usd" | "processorSeconds") =>
        some.reduce((total, stage) => total + stage[key], 0);
      const work = sum(stages, "processorSeconds");
      const measured = sum(
        stages.filter(({ basis }) => basis === "measured"),
        "processorSeconds",
      );
      return {
        machine: String(inputs.name),
        stages,
        usd: sum(stages, "usd"),
        measuredShare: work === 0 ? 0 : measured / work,
      };
    });
}

/** A line a run, and with `all` a line a stage. */
export function runCostReport(runs: readonly RunCost[], all: boolean, paint: Colour): string[] {
  if (runs.length === 0) return [];
  const rows = runs.flatMap(({ machine, stages, usd, measuredShare }) => [
    [machine, "one run", "", usd.toFixed(2), `${Math.round(measuredShare * 100)} % of the work measured`],
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
      `One run of each machine, ${CHAIN_SERIES.toLocaleString("en")} series (the table above has the limits of the jobs)`,
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
