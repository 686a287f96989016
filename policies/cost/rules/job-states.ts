import type { ResourceCheck, State } from "../../kit";

/** A state that starts a SageMaker job, and where that kind of job keeps what costs money. */
export interface JobState {
  readonly state: State;
  readonly kind: "training" | "processing" | "transform" | "tuning";
  readonly instanceTypePath: string;
  readonly instanceCountPath: string;
  readonly volumePath: string;
  /** Where the settings of the training itself start: a tuning job nests them. */
  readonly trainingPrefix: string;
}

const KINDS: Readonly<Record<string, { kind: JobState["kind"]; cluster: string; prefix: string }>> = {
  "sagemaker:createTrainingJob": { kind: "training", cluster: "ResourceConfig", prefix: "" },
  "sagemaker:createProcessingJob": {
    kind: "processing",
    cluster: "ProcessingResources.ClusterConfig",
    prefix: "",
  },
  "sagemaker:createTransformJob": { kind: "transform", cluster: "TransformResources", prefix: "" },
  "sagemaker:createHyperParameterTuningJob": {
    kind: "tuning",
    cluster: "TrainingJobDefinition.ResourceConfig",
    prefix: "TrainingJobDefinition.",
  },
};

/** The SageMaker jobs of a state machine, also those inside Map and Parallel states; deferred while unknown. */
export function jobStates(machine: ResourceCheck): JobState[] {
  const states = machine.stateMachine("definition")?.states ?? [];
  return states.flatMap((state) => {
    const found = KINDS[state.api ?? ""];
    if (!found) return [];
    const { kind, cluster, prefix } = found;
    return [
      {
        state,
        kind,
        instanceTypePath: `${cluster}.InstanceType`,
        instanceCountPath: `${cluster}.InstanceCount`,
        volumePath: `${cluster}.VolumeSizeInGB`,
        trainingPrefix: prefix,
      },
    ];
  });
}

/** Those of the given kinds. */
export function jobsOfKind(machine: ResourceCheck, ...kinds: JobState["kind"][]): JobState[] {
  return jobStates(machine).filter((job) => kinds.includes(job.kind));
}

/** Fails when a number of a job is above `limit`, or comes from the execution's input, which nothing bounds. */
export function requireAtMost(job: JobState, path: string, limit: number, what: string): void {
  if (job.state.origin(path) === "input")
    job.state.fail(`takes ${what} from its input, which nothing bounds (${path})`);
  else
    job.state
      .argument(path)
      .forbid<number>(
        "",
        (value) => Number(value) > limit,
        `state ${job.state.name}: ${what} is above ${limit}`,
      );
}
