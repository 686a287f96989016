import { existsSync, readFileSync } from "node:fs";
import type { Json } from "../../../asl/states";
import { StateError } from "../../../asl/interpreter/state-error";
import { unpackModelArchive } from "../../../contracts/model-archive";
import { linkFiles } from "../../engine/files/link-files";
import { replaceFolder } from "../../engine/files/replace-folder";
import { transform } from "../../scoring/transform";
import type { ServiceCall } from "./services";

interface ModelRequest {
  readonly ModelName: string;
  readonly PrimaryContainer: { readonly ModelDataUrl: string };
}

export function createModel({ cloud, given }: ServiceCall<ModelRequest>): Json {
  cloud.writeJson(given, "models", `${given.ModelName}.json`);
  return { ModelArn: `arn:aws:sagemaker:local:000000000000:model/${given.ModelName}` };
}

/** The name stays taken by its record: nothing on this machine costs by the hour. */
export function deleteModel(): Json {
  return {};
}

interface TransformRequest {
  readonly TransformJobName: string;
  readonly ModelName: string;
  readonly TransformInput: { readonly DataSource: { readonly S3DataSource: { readonly S3Uri: string } } };
  readonly TransformOutput: { readonly S3OutputPath: string };
  readonly DataProcessing: { readonly InputFilter: string; readonly OutputFilter: string };
}

/** A Batch Transform job by this program's own scorer: the model file is XGBoost's, and so is the answer. */
export async function createTransformJob({ cloud, given }: ServiceCall<TransformRequest>): Promise<Json> {
  const model = cloud.readJson<ModelRequest>("models", `${given.ModelName}.json`);
  if (!model)
    throw new StateError("SageMaker.AmazonSageMakerException", `there is no model ${given.ModelName}`);
  const { ModelDataUrl } = model.PrimaryContainer;
  const archive = cloud.pathOf(ModelDataUrl);
  if (!existsSync(archive))
    throw new StateError("States.TaskFailed", `ClientError: there is no ${ModelDataUrl}`);
  const { S3Uri } = given.TransformInput.DataSource.S3DataSource;
  // SageMaker would fail. The chain sells all categories; whoever forecasts from files of their own may not.
  if (!existsSync(cloud.pathOf(S3Uri))) return { TransformJobName: given.TransformJobName };
  const result = cloud.at("jobs", given.TransformJobName, "result");
  await replaceFolder(result, (out) =>
    transform({
      input: cloud.pathOf(S3Uri),
      out,
      model: unpackModelArchive(readFileSync(archive)).toString("utf8"),
      firstInput: firstOf(given.DataProcessing.InputFilter),
      output: columnsOf(given.DataProcessing.OutputFilter),
    }),
  );
  linkFiles(result, cloud.pathOf(given.TransformOutput.S3OutputPath));
  return { TransformJobName: given.TransformJobName, TransformJobStatus: "Completed" };
}

/** `$[5:]`: all columns from the sixth on. */
function firstOf(filter: string): number {
  const [, first] = /^\$\[(\d+):\]$/.exec(filter) ?? [];
  if (first === undefined) throw new Error(`InputFilter "${filter}" is not known here; allowed: $[<first>:]`);
  return Number(first);
}

/** `$[0,1,-1]`: columns by position, and the answer at the end. */
function columnsOf(filter: string): number[] {
  const [, columns] = /^\$\[(-?\d+(?:,-?\d+)*)\]$/.exec(filter) ?? [];
  if (columns === undefined)
    throw new Error(`OutputFilter "${filter}" is not known here; allowed: $[<column>,…]`);
  return columns.split(",").map(Number);
}
