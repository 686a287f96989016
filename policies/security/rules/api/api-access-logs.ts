import type { ResourceRule } from "../../../kit";
import { HTTP_STAGE, STAGE } from "./rest-apis";

export const apiAccessLogs: ResourceRule = {
  id: "api-access-logs",
  title: "API stages log who called",
  severity: "medium",
  rationale: "Without an access log nobody can say which app called what before an incident.",
  controls: [
    "CKV_AWS_76",
    "APIGateway.9",
    "AWS-0001",
    "APIGWAccessLogging",
    "APIGWStructuredLogging",
    "guard:api_gw_stage_access_logging_rule",
  ],
  inspects: {
    [STAGE]: ["accessLogSettings.destinationArn", "accessLogSettings.format"],
    [HTTP_STAGE]: ["accessLogSettings.destinationArn", "accessLogSettings.format"],
  },
  remedy:
    "Set accessLogSettings.destinationArn to a log group and accessLogSettings.format to a JSON object.",
  check: (stage) => {
    if (!stage.at("accessLogSettings.destinationArn").isSet)
      return stage.present("accessLogSettings.destinationArn", "calls are not logged");
    stage.require<string>(
      "accessLogSettings.format",
      (v) => v.trim().startsWith("{"),
      "the log is not structured",
    );
  },
};
