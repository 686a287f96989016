import type { ResourceRule } from "../../../kit";
import { METHOD } from "./rest-apis";

export const apiRequestValidation: ResourceRule = {
  id: "api-request-validation",
  title: "REST APIs check requests before they pass them on",
  severity: "medium",
  rationale: "A malformed request is rejected by API Gateway and not by a function that bills for it.",
  controls: ["CKV2_AWS_53", "APIGWRequestValidation"],
  inspects: { [METHOD]: ["requestValidatorId", "httpMethod"] },
  remedy: "Set requestValidatorId and a model for the body.",
  check: (method) => {
    if (method.at("httpMethod").read<string>() === "OPTIONS") return;
    method.present("requestValidatorId", "requests are passed on unchecked");
  },
};
