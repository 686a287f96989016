import type { ResourceRule } from "../../../kit";
import { NOTEBOOK } from "../tokens";

const MLFLOW = "aws:sagemaker/mlflowTrackingServer:MlflowTrackingServer";

export const costHourlyServersForbidden: ResourceRule = {
  id: "cost-hourly-servers-forbidden",
  title: "No notebook instance and no MLflow tracking server is used",
  severity: "medium",
  rationale:
    "Both are billed by the hour from creation on, used or not; Studio spaces and MLflow apps stop by themselves.",
  remedy:
    "Use a Studio space instead of a notebook instance, and an MLflow app instead of a tracking server.",
  controls: [],
  inspects: { [NOTEBOOK]: [], [MLFLOW]: [] },
  check: (resource) => resource.fail(`${resource.type.split(":").at(-1)} ${resource.name} runs all month`),
};
