import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "./functions";

export const lambdaJsonLogs: ResourceRule = {
  id: "lambda-json-logs",
  title: "Functions log JSON at a set level",
  severity: "low",
  rationale: "Structured logs can be queried, and a level keeps debugging output out of the bill.",
  controls: ["LambdaLogLevel", "LambdaLogging"],
  inspects: { [FUNCTION]: ["loggingConfig.logFormat", "loggingConfig.applicationLogLevel"] },
  remedy: 'Set loggingConfig to { logFormat: "JSON", applicationLogLevel: "INFO" }.',
  check: (fn) => {
    fn.require<string>("loggingConfig.logFormat", (v) => v === "JSON", "logs are plain text");
    fn.forbid<string>(
      "loggingConfig.applicationLogLevel",
      (v) => ["TRACE", "DEBUG"].includes(v),
      "debugging output is logged",
    );
  },
};
