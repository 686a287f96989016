import type { ResourceRule } from "../../../kit";
import { operationsOf } from "./openapi-operations";
import { METHOD, REST_API } from "./rest-apis";

export const apiRequestValidation: ResourceRule = {
  id: "api-request-validation",
  title: "REST APIs check requests before they pass them on",
  severity: "medium",
  rationale: "A malformed request is rejected by API Gateway and not by a function that bills for it.",
  controls: ["CKV2_AWS_53", "APIGWRequestValidation"],
  inspects: { [METHOD]: ["requestValidatorId", "httpMethod"], [REST_API]: ["body"] },
  remedy:
    "Set requestValidatorId and a model for the body; in a document, x-amazon-apigateway-request-validator.",
  check: (method) => {
    if (method.type === REST_API) {
      const key = "x-amazon-apigateway-request-validator";
      for (const { where, operation, document } of operationsOf(method))
        if ((operation[key] ?? document[key]) === undefined)
          method.fail(`${where} passes requests on unchecked`, "body");
      return;
    }
    if (method.at("httpMethod").read<string>() === "OPTIONS") return;
    method.present("requestValidatorId", "requests are passed on unchecked");
  },
};
