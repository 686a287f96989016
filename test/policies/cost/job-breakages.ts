import { inDocument, inTask, type Breakage } from "../support/breakage";
import type { Fields } from "./breakage-tools";

const MACHINE = "aws:sfn/stateMachine:StateMachine";
const TRAINING = "createTrainingJob";
const PROCESSING = "createProcessingJob";
const TRANSFORM = "createTransformJob";
const TUNING = "createHyperParameterTuningJob";

/** Where each kind of job keeps its cluster. */
const CLUSTERS: Readonly<Record<string, (args: Fields) => Fields>> = {
  [TRAINING]: (args) => within(args, "ResourceConfig"),
  [PROCESSING]: (args) => within(args, "ProcessingResources", "ClusterConfig"),
  [TRANSFORM]: (args) => within(args, "TransformResources"),
  [TUNING]: (args) => within(args, "TrainingJobDefinition", "ResourceConfig"),
};

/** The object at the keys; a definition without it is none that these mistakes are made for. */
function within(object: Fields, ...keys: string[]): Fields {
  return keys.reduce((inner, key) => {
    const next = inner[key];
    if (next === null || typeof next !== "object") throw new Error(`the task has no ${key}`);
    return next as Fields;
  }, object);
}

/** The same mistake in the cluster of every kind of job. */
function inClusters(change: Fields): Breakage[] {
  return Object.entries(CLUSTERS).map(([api, cluster]) =>
    inTask(api, `with ${JSON.stringify(change)}`, (args) => Object.assign(cluster(args), change)),
  );
}

export const jobInstanceTypes = (InstanceType: string): Breakage[] => inClusters({ InstanceType });

const stopping = (args: Fields): Fields => within(args, "StoppingCondition");
const tuned = (args: Fields): Fields => within(args, "TrainingJobDefinition");
const limits = (args: Fields): Fields => within(args, "HyperParameterTuningJobConfig", "ResourceLimits");

/** Changes the first Map of the first machine. */
function inMap(what: string, edit: (state: Fields) => unknown): Breakage {
  return inDocument(MACHINE, "definition", `a Map ${what}`, (root) => {
    const { States } = root as unknown as { States: Record<string, Fields> };
    const map = Object.values(States).find(({ Type }) => Type === "Map");
    if (map) edit(map);
  });
}

/** Mistakes in the jobs that the state machines of the plan start, by the rule that must find each. */
export const JOB_BREAKAGES: Readonly<Record<string, readonly Breakage[]>> = {
  "cost-job-cluster-size": [
    ...inClusters({ InstanceCount: 50 }),
    ...inClusters({ VolumeSizeInGB: 5000 }),
    inTask(TRAINING, "with as many instances as its input likes", (args) =>
      Object.assign(CLUSTERS[TRAINING]?.(args) ?? {}, { InstanceCount: "{% $states.input.count %}" }),
    ),
  ],
  "cost-job-instance-types": [
    ...jobInstanceTypes("ml.m5.24xlarge"),
    ...jobInstanceTypes("{% $states.input.type %}"),
  ],
  "cost-job-max-runtime": [
    inTask(TRAINING, "for a week", (args) => (stopping(args).MaxRuntimeInSeconds = 604_800)),
    inTask(TRAINING, "without an end", (args) => delete stopping(args).MaxRuntimeInSeconds),
    inTask(PROCESSING, "for a week", (args) => (stopping(args).MaxRuntimeInSeconds = 604_800)),
    inTask(PROCESSING, "without a stopping condition", (args) => delete args.StoppingCondition),
    inTask(
      TUNING,
      "with trials without an end",
      (args) => delete within(tuned(args), "StoppingCondition").MaxRuntimeInSeconds,
    ),
    inTask(TRANSFORM, "without a time-out", (_args, state) => delete state.TimeoutSeconds),
    inTask(TRANSFORM, "for a week", (_args, state) => (state.TimeoutSeconds = 604_800)),
  ],
  "cost-job-spot": [
    inTask(TRAINING, "on demand", (args) => (args.EnableManagedSpotTraining = false)),
    inTask(TRAINING, "on demand by default", (args) => delete args.EnableManagedSpotTraining),
    inTask(TRAINING, "without a wait", (args) => delete stopping(args).MaxWaitTimeInSeconds),
    inTask(TRAINING, "with a wait below its run time", (args) => (stopping(args).MaxWaitTimeInSeconds = 60)),
    inTask(TUNING, "on demand", (args) => (tuned(args).EnableManagedSpotTraining = false)),
  ],
  "cost-job-tags": [TRAINING, PROCESSING, TRANSFORM, TUNING].flatMap((api) => [
    inTask(api, "without tags", (args) => delete args.Tags),
    inTask(api, "with another's tags", (args) => (args.Tags = [{ Key: "Name", Value: "job" }])),
  ]),
  "cost-job-warm-pool": [TRAINING, TUNING].map((api) =>
    inTask(api, "kept warm", (args) =>
      Object.assign(CLUSTERS[api]?.(args) ?? {}, { KeepAlivePeriodInSeconds: 3600 }),
    ),
  ),
  "cost-map-concurrency": [
    inMap("without a limit", (state) => delete state.MaxConcurrency),
    inMap("with 0, which is no limit", (state) => (state.MaxConcurrency = 0)),
    inMap("with a thousand at a time", (state) => (state.MaxConcurrency = 1000)),
  ],
  "cost-tuning-limits": [
    inTask(TUNING, "with 500 trials", (args) => (limits(args).MaxNumberOfTrainingJobs = 500)),
    inTask(TUNING, "without a number of trials", (args) => delete limits(args).MaxNumberOfTrainingJobs),
    inTask(TUNING, "with 50 trials at a time", (args) => (limits(args).MaxParallelTrainingJobs = 50)),
    inTask(
      TUNING,
      "with hopeless trials to the end",
      (args) => (within(args, "HyperParameterTuningJobConfig").TrainingJobEarlyStoppingType = "Off"),
    ),
  ],
};
