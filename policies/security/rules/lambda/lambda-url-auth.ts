import type { ResourceRule } from "../../../kit";

export const lambdaUrlAuth: ResourceRule = {
  id: "lambda-url-auth",
  title: "Function URLs need a signed request from a named origin",
  severity: "high",
  rationale: "Without authorisation the URL is a public API.",
  controls: ["CKV_AWS_258", "CKV2_AWS_75", "LambdaFunctionUrlAuth"],
  inspects: { "aws:lambda/functionUrl:FunctionUrl": ["authorizationType", "cors.allowOrigins"] },
  remedy: 'Set authorizationType to "AWS_IAM" and list the origins.',
  check: (url) => {
    url.require<string>("authorizationType", (v) => v === "AWS_IAM", "the URL is open to everybody");
    url.forbid<string[]>("cors.allowOrigins", (v) => v.includes("*"), "every website may call the URL");
  },
};
