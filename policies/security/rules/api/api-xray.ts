import type { ResourceRule } from "../../../kit";
import { STAGE } from "./rest-apis";

export const apiXray: ResourceRule = {
  id: "api-xray",
  title: "REST API stages are traced",
  severity: "low",
  rationale: "A trace starts where the request arrives.",
  controls: ["CKV_AWS_73", "APIGateway.3", "AWS-0003", "APIGWXrayEnabled"],
  inspects: { [STAGE]: ["xrayTracingEnabled"] },
  remedy: "Set xrayTracingEnabled to true.",
  check: (stage) => stage.require<boolean>("xrayTracingEnabled", (v) => v, "requests are not traced"),
  remediate: (properties) => {
    properties.xrayTracingEnabled = true;
  },
};
