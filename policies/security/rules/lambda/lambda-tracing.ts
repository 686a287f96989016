import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "./functions";

export const lambdaTracing: ResourceRule = {
  id: "lambda-tracing",
  title: "Functions are traced",
  severity: "low",
  rationale: "A trace shows where the 500 ms of a slow answer went.",
  controls: ["CKV_AWS_50", "Lambda.7", "AWS-0066", "LambdaTracing"],
  inspects: { [FUNCTION]: ["tracingConfig.mode"] },
  remedy: 'Set tracingConfig.mode to "Active".',
  check: (fn) =>
    fn.require<string>("tracingConfig.mode", (v) => v === "Active", "invocations are not traced"),
  remediate: (properties) => {
    properties.tracingConfig = { mode: "Active" };
  },
};
