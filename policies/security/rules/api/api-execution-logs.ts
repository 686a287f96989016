import type { StackRule } from "../../../kit";
import { METHOD_SETTINGS, STAGE } from "./rest-apis";

export const apiExecutionLogs: StackRule = {
  id: "api-execution-logs",
  title: "REST API stages log their errors, without bodies",
  severity: "medium",
  rationale: "The execution log explains a 500; with data trace it would also repeat every request.",
  controls: [
    "CKV_AWS_276",
    "CKV2_AWS_4",
    "APIGateway.1",
    "APIGWExecutionLoggingEnabled",
    "guard:api_gw_execution_logging_enabled",
  ],
  inspects: {
    [STAGE]: [],
    [METHOD_SETTINGS]: ["settings.loggingLevel", "settings.dataTraceEnabled", "stageName"],
  },
  remedy: 'Add MethodSettings for */* with loggingLevel "ERROR" or "INFO" and without dataTraceEnabled.',
  checkStack: (stack) => {
    for (const stage of stack.ofType(STAGE)) {
      const settings = stack.referring(stage, METHOD_SETTINGS, "stageName");
      const named = stack
        .ofType(METHOD_SETTINGS)
        .filter((s) => s.at("stageName").known === stage.at("stageName").known);
      if (settings.length + named.length === 0) stage.fail("errors of the stage are not logged");
    }
    for (const settings of stack.ofType(METHOD_SETTINGS)) {
      settings.require<string>(
        "settings.loggingLevel",
        (v) => ["ERROR", "INFO"].includes(v),
        "errors are not logged",
      );
      settings.forbid<boolean>("settings.dataTraceEnabled", (v) => v, "bodies of requests are logged");
    }
  },
};
