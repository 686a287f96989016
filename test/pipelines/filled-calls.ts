import { evaluate } from "../../asl/interpreter/expressions";
import type { Json, Machine, TaskState } from "../../asl/states";
import { walkStates } from "../../asl/walk-states";
import { PLACE } from "./place-fixture";

const RUN = "runs/nightly/2026-11-25/0a1b2c";
const VERSION = "20261124-0a1b2c3d";
const PACKAGE = "arn:aws:sagemaker:ap-northeast-1:123456789012:model-package/smartretail-prod-food/7";

/** What the variables hold in the middle of a run. */
const VARIABLES: Record<string, Json> = {
  runDate: "2026-11-25",
  claim: "weekly#2026-11-25",
  chosen: ["drinks"],
  cutoff: "2026-11-24",
  lakeCutoff: "2026-11-24",
  token: "0a1b2c",
  processed: `s3://${PLACE.buckets.processed}/${RUN}`,
  results: `s3://${PLACE.buckets.results}/${RUN}`,
  lake: `s3://${PLACE.buckets.processed}/${RUN}/lake`,
  kept: `s3://${PLACE.buckets.processed}/${RUN}/kept`,
  featuresUri: `s3://${PLACE.buckets.processed}/${RUN}/features`,
  seriesUri: `s3://${PLACE.buckets.processed}/${RUN}/series/confectionery`,
  answersUri: `s3://${PLACE.buckets.results}/${RUN}/holdout/confectionery`,
  baselineUri: `s3://${PLACE.buckets.results}/${RUN}/baseline`,
  trainingSetUri: `s3://${PLACE.buckets.processed}/${RUN}/training-set`,
  judged: `s3://${PLACE.buckets.models}/training/judged/2026-11-25/0a1b2c/confectionery`,
  archive: `s3://${PLACE.buckets.models}/training/x/output/model.tar.gz`,
  week: { baseline: "s3://b/baseline", evaluation: "s3://b/evaluation" },
  lastNight: { runDate: "2026-11-24", forecasts: "s3://b/forecasts", nights: ["s3://b/forecasts"] },
  nights: [`s3://${PLACE.buckets.results}/${RUN}/forecasts`, "s3://b/forecasts"],
  monitored: ["s3://b/monitor"],
  hasComparison: true,
  decisions: { day: "2026-11-24", retrain: ["food"], decisionCount: 1, decisions: [] },
  failures: [{ step: "Monitor", reason: "States.Timeout", cause: "none" }],
  plan: { features: { from: "2025-11-25", to: "2026-11-24" }, cutoff: "2026-11-24" },
  completeness: { expected: 7, found: 7, categories: [{ category: "food", expected: 7, found: 7 }] },
  metrics: [{ category: "food", name: "Wape", unit: "Percent", value: 30.1 }],
  failure: {
    reason: "ShardsFailed",
    cause: "out of memory",
    state: "SumShards",
    stores: ["0001"],
    skus: ["all"],
  },
  unscored: [],
  unsent: { stores: ["0001"], storeCount: 1, causes: ["x"] },
  live: [{ variant: "champion", category: "food", version: VERSION }],
  drifted: "confectionery",
  category: "confectionery",
  rows: 100_000,
  outcome: "challenger",
  cause: "none",
  model: { variant: "challenger", category: "confectionery", version: VERSION },
  modelName: "smartretail-prod-challenger-confectionery-20261125-0a1b2c",
  packageArn: PACKAGE,
  verdict: {
    version: VERSION,
    trainedTo: "2026-11-24",
    wape: 30.1,
    championWape: 31,
    bestSimpleWape: 32,
    naiveWape: 40,
    bias: 0.5,
    reasons: [],
  },
};

const INPUT: Json = {
  scheduledTime: "2026-11-24T17:00:00Z",
  number: 39,
  blocks: [1, 2],
  stores: ["0001"],
  storeCount: 1,
  category: "confectionery",
  variant: "challenger",
  version: VERSION,
  trainRows: 100_000,
};

const SOURCES = { now: () => Date.parse("2026-11-24T17:00:00Z"), random: () => 0.5 };

interface Call {
  readonly name: string;
  readonly task: TaskState;
  readonly args: Readonly<Record<string, Json>>;
}

/** Arguments as AWS would get them, in a state's second attempt. @param changes other values of variables; @param environment whose names the variables have */
export async function callsOf(
  machine: Machine,
  changes: Record<string, Json> = {},
  environment: "dev" | "prod" = "prod",
): Promise<Call[]> {
  const text = JSON.stringify({ ...VARIABLES, ...changes }).replaceAll(
    "smartretail-prod",
    `smartretail-${environment}`,
  );
  const variables = JSON.parse(text) as Record<string, Json>;
  const tasks = [...walkStates(machine)].flatMap(({ name, state }) =>
    state.Type === "Task" ? [{ name, task: state }] : [],
  );
  return Promise.all(
    tasks.map(async ({ name, task }) => ({ name, task, args: await filled(name, task, variables) })),
  );
}

async function filled(name: string, task: TaskState, variables: Record<string, Json>): Promise<Call["args"]> {
  const context = {
    Execution: { Id: "arn:aws:states:ap-northeast-1:123456789012:execution:smartretail-prod-nightly:x" },
    State: { Name: name, EnteredTime: "2026-11-24T17:00:00.000Z", RetryCount: 1 },
  };
  const input = ["ClaimDrift", "LookAtCategory"].includes(name)
    ? { ...(INPUT as object), reason: "drift", categories: ["drinks"] }
    : INPUT;
  const names = { states: { input, context }, variables };
  return (await evaluate(task.Arguments, names, SOURCES)) as Call["args"];
}
