import type { ResourceRule } from "../../../kit";
import { jobsOfKind, type JobState } from "../job-states";
import { STATE_MACHINE } from "../tokens";

export const costJobSpot: ResourceRule = {
  id: "cost-job-spot",
  title: "Training runs on managed spot, with a wait that SageMaker accepts",
  severity: "medium",
  rationale:
    "Managed spot saves most of the price of a training that can wait; a MaxWaitTimeInSeconds below the run time is rejected.",
  remedy: "Set EnableManagedSpotTraining, and MaxWaitTimeInSeconds to at least MaxRuntimeInSeconds.",
  controls: ["require-spot-instance"],
  inspects: { [STATE_MACHINE]: ["definition"] },
  options: {
    requireCheckpoints: {
      type: "boolean",
      description:
        "Whether a spot training must set CheckpointConfig. Off: the built-in XGBoost restarts from zero all the same.",
      default: false,
    },
  },
  check: (machine) => {
    const checkpoints = machine.option<boolean>("requireCheckpoints");
    for (const job of jobsOfKind(machine, "training", "tuning")) checkSpot(job, checkpoints);
  },
};

function checkSpot({ state, trainingPrefix }: JobState, requireCheckpoints: boolean): void {
  const spotPath = `${trainingPrefix}EnableManagedSpotTraining`;
  if (state.origin(spotPath) === "input") return state.fail(`takes ${spotPath} from its input`);
  const spot = state.argument(spotPath);
  if (spot.presence !== "unknown" && spot.known !== true)
    return state.fail("trains on demand: EnableManagedSpotTraining is not true");
  const runtime = state.argument(`${trainingPrefix}StoppingCondition.MaxRuntimeInSeconds`).known;
  const wait = state.argument(`${trainingPrefix}StoppingCondition.MaxWaitTimeInSeconds`);
  if (wait.presence === "unset") state.fail("trains on spot without StoppingCondition.MaxWaitTimeInSeconds");
  else
    wait.forbid<number>(
      "",
      (seconds) => typeof runtime === "number" && Number(seconds) < runtime,
      `state ${state.name} waits for spot less long than it may run (${String(runtime)} s)`,
    );
  if (requireCheckpoints && !state.argument(`${trainingPrefix}CheckpointConfig.S3Uri`).isSet)
    state.fail("trains on spot without CheckpointConfig.S3Uri");
}
