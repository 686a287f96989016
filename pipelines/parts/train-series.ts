import { joined, jsonata, quoted } from "../../asl/expression";
import { caught } from "../../asl/flow";
import type { Catcher, State } from "../../asl/states";
import type { MachinePlace } from "../place";
import { jobNameSource } from "../run-names";
import { callTask } from "../tasks/call";
import { processingJob } from "../tasks/processing-job";
import { seriesTrainingJob } from "../tasks/training-job";
import { createModel, seriesTransform } from "../tasks/transform";
import { CATEGORY_FAILED, deepArCategories, judgeCandidate } from "./judge";

/** Whatever happens, the model goes away again. */
const FORECAST_FAILED: Catcher = { ...CATEGORY_FAILED, Next: "DeleteSeriesModel" };

/**
 * The ways of a category that is trained with DeepAR, none where there is no such category: series as the container reads them, the
 * training, and the forecasts of the hold-out by a Batch Transform of the candidate's own, for the gate.
 *
 * @param otherwise state that trains the others
 */
export function trainSeriesStates(place: MachinePlace, otherwise: string): Record<string, State> {
  const names = deepArCategories(place);
  if (names.length === 0) return {};
  const answers = joined`${"$results"}/holdout/${"$category"}`;
  return caught(CATEGORY_FAILED, {
    WhichAlgorithm: {
      Type: "Choice",
      Choices: [{ Condition: jsonata(`$category in ${JSON.stringify(names)}`), Next: "WriteSeries" }],
      Default: otherwise,
    },
    WriteSeries: processingJob(place, {
      stage: "series-set",
      purpose: { source: '"series-" & $category' },
      options: { category: jsonata("$category"), rows: String(place.sizes.trainingRowsMax) },
      inputs: { lake: jsonata("$lake") },
      outputs: { "": joined`${"$processed"}/series/${"$category"}` },
      size: place.sizes.whole,
      assign: {
        seriesUri: joined`${"$processed"}/series/${"$category"}`,
        answersUri: answers,
        modelName: jsonata(jobNameSource(place.prefix, '"holdout-" & $category')),
      },
    }),
    TrainSeries: seriesTrainingJob(place, "$seriesUri"),
    CreateSeriesModel: createModel(place, place.images.deepar, CATEGORY_FAILED),
    ForecastHoldOut: seriesTransform(place, "$seriesUri", "$answersUri", FORECAST_FAILED),
    DeleteSeriesModel: {
      ...callTask(
        "aws-sdk:sagemaker:deleteModel",
        { ModelName: jsonata("$modelName") },
        // A model that is left costs nothing.
        { catches: [{ ErrorEquals: ["States.ALL"], Next: "IsHoldOutForecast" }] },
      ),
    },
    IsHoldOutForecast: {
      Type: "Choice",
      Choices: [{ Condition: jsonata(`$outcome = ${quoted("failed")}`), Next: "TellCategoryFailed" }],
      Default: "JudgeSeries",
    },
    JudgeSeries: {
      ...judgeCandidate(place, { series: jsonata("$seriesUri"), answers: jsonata("$answersUri") }),
      Next: "ReadVerdict",
    },
  }) as Record<string, State>;
}
