import type { Json } from "../../../asl/states";
import { randomFor } from "../../../forecasting/generator/random";
import type { TrainingData } from "../../../forecasting/trees/train-trees";
import { scoreTrees } from "../../../forecasting/trees/score-trees";
import type { TreeModel } from "../../../forecasting/trees/tree-model";
import { StateError } from "../../../asl/interpreter/state-error";
import { archiveUri, readChannels, saveModel, trainOn, type TrainingRequest } from "./training-jobs";
import type { ServiceCall } from "./services";

interface TunedRange {
  readonly Name: string;
  readonly MinValue: string;
  readonly MaxValue: string;
  readonly ScalingType: string;
}

interface TuningRequest {
  readonly HyperParameterTuningJobName: string;
  readonly HyperParameterTuningJobConfig: {
    readonly ResourceLimits: { readonly MaxNumberOfTrainingJobs: number };
    readonly ParameterRanges: {
      readonly ContinuousParameterRanges: readonly TunedRange[];
      readonly IntegerParameterRanges: readonly TunedRange[];
    };
  };
  readonly TrainingJobDefinition: Omit<TrainingRequest, "TrainingJobName" | "HyperParameters"> & {
    readonly StaticHyperParameters: Readonly<Record<string, string>>;
  };
}

/**
 * A tuning job on this computer: as many trainings as allowed, one after the other, parameters drawn at random from the
 * ranges (SageMaker chooses them by what it has seen), the best by the Poisson loss on the validation channel.
 */
export async function createTuningJob({ cloud, given }: ServiceCall<TuningRequest>): Promise<Json> {
  const { HyperParameterTuningJobName: name, HyperParameterTuningJobConfig: config } = given;
  const definition = given.TrainingJobDefinition;
  const [train, validation] = await readChannels(definition, (uri) => cloud.pathOf(uri));
  if (!validation) throw new StateError("States.TaskFailed", "ClientError: channel validation holds no file");
  let best: { readonly job: string; readonly loss: number; readonly model: TreeModel } | undefined;
  for (let number = 1; number <= config.ResourceLimits.MaxNumberOfTrainingJobs; number++) {
    const job = `${name}-${String(number).padStart(3, "0")}`;
    const drawn = draw(config.ParameterRanges, randomFor(number, name).uniform);
    const model = await trainOn(train, validation, { ...definition.StaticHyperParameters, ...drawn });
    const loss = validationLoss(model, validation);
    if (!best || loss < best.loss) best = { job, loss, model };
  }
  if (!best) throw new StateError("States.TaskFailed", "no training job is allowed");
  await saveModel(cloud, archiveUri(definition, best.job), best.model);
  return {
    HyperParameterTuningJobStatus: "Completed",
    BestTrainingJob: {
      TrainingJobName: best.job,
      FinalHyperParameterTuningJobObjectiveMetric: {
        MetricName: "validation:poisson-nloglik",
        Value: best.loss,
      },
    },
  };
}

function draw(
  ranges: TuningRequest["HyperParameterTuningJobConfig"]["ParameterRanges"],
  random: () => number,
): Record<string, string> {
  const value = ({ MinValue, MaxValue, ScalingType }: TunedRange) => {
    const [low, high] = [Number(MinValue), Number(MaxValue)];
    return ScalingType === "Logarithmic" ? low * (high / low) ** random() : low + (high - low) * random();
  };
  return Object.fromEntries([
    ...ranges.ContinuousParameterRanges.map((range) => [range.Name, String(value(range))] as const),
    ...ranges.IntegerParameterRanges.map((range) => [range.Name, String(Math.round(value(range)))] as const),
  ]);
}

/** Without the term of the labels alone, which is the same for every model. */
function validationLoss(model: TreeModel, { features, label, weight }: TrainingData): number {
  const answers = scoreTrees(model, features);
  let [sum, total] = [0, 0];
  answers.forEach((answer, row) => {
    const [mean, of] = [Math.max(answer, 1e-6), weight?.[row] ?? 1];
    sum += of * (mean - label[row]! * Math.log(mean));
    total += of;
  });
  return sum / total;
}
