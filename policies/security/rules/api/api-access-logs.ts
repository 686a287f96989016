import type { ResourceRule } from "../../../kit";
import { HTTP_STAGE, STAGE } from "./rest-apis";

export const apiAccessLogs: ResourceRule = {
  id: "api-access-logs",
  title: "API stages log who called",
  severity: "medium",
  rationale: "Without an access log nobody can say which app called what before an incident.",
  anchors: [
    "CKV_AWS_76",
    "APIGWAccessLogging",
    "API_GW_ACCESS_LOGGING",
    "AWS-0001",
    "APIGateway.9",
    "api-gwv2-access-logs-enabled",
    "apigateway_restapi_logging_enabled",
    "apigatewayv2_api_access_logging_enabled",
    "KICS: API Gateway Access Logging Disabled",
  ],
  guards: {
    [STAGE]: ["accessLogSettings.destinationArn"],
    [HTTP_STAGE]: ["accessLogSettings.destinationArn"],
  },
  remedy: "Set accessLogSettings.destinationArn to a log group.",
  check: (stage) => stage.present("accessLogSettings.destinationArn", "calls are not logged"),
};
