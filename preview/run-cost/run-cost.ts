import { integrationOf } from "../../asl/integration";
import { sourceOf } from "../../asl/expression";
import type { Json, Machine, State, States, TaskState } from "../../asl/states";
import { innerFlows } from "../../asl/walk-states";
import { instancePriceKey, type PriceTable } from "../../policies/cost/pricing/price-table";
import { stageWork, type StageWork, type WorkTable } from "./stage-work";

/** One state of a run, all its jobs together. */
export interface StageCost {
  readonly state: string;
  readonly jobs: number;
  readonly instanceType: string;
  /** Of one job. */
  readonly minutes: number;
  readonly usd: number;
  /** Work of all its jobs, without their start. */
  readonly processorSeconds: number;
  readonly basis: StageWork["basis"];
  readonly source: string;
}

/** Minutes of every job before its first row: SageMaker bills while the image and the data arrive. An estimate. */
const START_MINUTES = 4;
/** What a job on spot capacity costs of its price; the same assumption as the cost pack's. */
const SPOT_SHARE = 0.4;
const PROCESSORS: Readonly<Record<string, number>> = { medium: 2, large: 2, xlarge: 4 };

/** The first week of an empty account begins with all history; the others do not. */
const ONLY_AT_FIRST = ["IngestHistory"];

type Values = Readonly<Record<string, Json>>;

/**
 * Minutes and dollars of one run at the size of the chain: the work of each stage (stage-work.ts) shared by the processors of its jobs.
 * Every state counts once; jobs of a Map are as many as may run at a time.
 */
export function costOfRun(
  machine: Machine,
  { prices }: PriceTable,
  workTable: WorkTable = stageWork(),
): StageCost[] {
  return jobsIn(machine, 1)
    .filter(({ name }) => !ONLY_AT_FIRST.includes(name))
    .map(({ name, task, jobs }) => {
      const args = task.Arguments as Values;
      const { cluster, key, spot } = jobOf(task, args);
      const work = workTable[key];
      const instanceType = String(cluster.InstanceType);
      const price = prices[instancePriceKey(instanceType)];
      if (!work || !price)
        throw new Error(
          `state ${name}: no ${work ? "price" : "work"} is known for ${work ? instanceType : key}`,
        );
      const instances = jobs * Number(cluster.InstanceCount ?? 1);
      const minutes = START_MINUTES + work.processorSeconds / 60 / (instances * processorsOf(instanceType));
      const usd = (instances * minutes * price.usd * (spot ? SPOT_SHARE : 1)) / 60;
      return {
        state: name,
        jobs,
        instanceType,
        minutes,
        usd,
        processorSeconds: work.processorSeconds,
        basis: work.basis,
        source: work.source,
      };
    });
}

interface Job {
  readonly name: string;
  readonly task: TaskState;
  readonly jobs: number;
}

function jobsIn(flow: States, times: number): Job[] {
  return Object.entries(flow.States).flatMap(([name, state]) => {
    const inner = times * (state.Type === "Map" ? Number(state.MaxConcurrency ?? 1) : 1);
    const own = isJob(state) ? [{ name, task: state, jobs: times }] : [];
    return [...own, ...innerFlows(state).flatMap((nested) => jobsIn(nested, inner))];
  });
}

function isJob(state: State): state is TaskState {
  return state.Type === "Task" && integrationOf(state.Resource)?.waits === true;
}

/** What it runs on, and which entry of the work it is. */
function jobOf(task: TaskState, args: Values): { cluster: Values; key: string; spot: boolean } {
  switch (integrationOf(task.Resource)?.operation) {
    case "CreateProcessingJob":
      return { cluster: at(args, "ProcessingResources", "ClusterConfig"), key: stageOf(args), spot: false };
    case "CreateTransformJob":
      return {
        cluster: at(args, "TransformResources"),
        key: isSeries(args) ? "series-transform" : "transform",
        spot: false,
      };
    case "CreateHyperParameterTuningJob":
      return { cluster: at(args, "TrainingJobDefinition", "ResourceConfig"), key: "tuning", spot: true };
    default:
      return {
        cluster: at(args, "ResourceConfig"),
        key: isSeries(args) ? "series-training" : "training",
        spot: args.EnableManagedSpotTraining === true,
      };
  }
}

/** DeepAR's jobs say so by their parameters. */
const isSeries = ({ HyperParameters = {}, Environment = {} }: Values) =>
  "prediction_length" in (HyperParameters as Values) || "DEEPAR_INFERENCE_CONFIG" in (Environment as Values);

/** The container's first argument, literally or at the head of the expression that makes the list. */
function stageOf(args: Values): string {
  const given = at(args, "AppSpecification").ContainerArguments!;
  const source = sourceOf(given);
  return source === undefined
    ? String((given as readonly Json[])[0])
    : (/"([a-z-]+)"/.exec(source)?.[1] ?? "");
}

function at(args: Values, ...path: string[]): Values {
  return path.reduce((value, key) => value[key] as Values, args);
}

function processorsOf(instanceType: string): number {
  const size = instanceType.split(".").at(-1) ?? "";
  const many = /^(\d+)xlarge$/.exec(size)?.[1];
  return many === undefined ? (PROCESSORS[size] ?? 2) : 4 * Number(many);
}
