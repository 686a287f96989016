import type { ResourceRule } from "../../../kit";
import { PERMISSION } from "./functions";

export const lambdaPermissionScoped: ResourceRule = {
  id: "lambda-permission-scoped",
  title: "Functions are invoked only by named resources of this account",
  severity: "critical",
  rationale: "A service without a source invokes the function for every customer of AWS.",
  controls: [
    "CKV_AWS_301",
    "CKV_AWS_364",
    "Lambda.1",
    "AWS-0067",
    "LambdaFunctionPublicAccessProhibited",
    "guard:lambda_function_public_access_prohibited",
    "guard:lambda_no_wildcard_principal",
    "guard:lambda_permission_invoke_function_action",
  ],
  inspects: { [PERMISSION]: ["principal", "sourceArn", "sourceAccount", "action"] },
  remedy: "Set sourceArn (and sourceAccount for S3) and a principal that is not *.",
  check: (permission) => {
    permission.forbid<string>("principal", (v) => v === "*", "everybody may invoke the function");
    permission.forbid<string>("action", (v) => v.includes("*"), "more than invoking is allowed");
    const principal = permission.at("principal").read<string>();
    if (principal === undefined || !principal.endsWith(".amazonaws.com")) return;
    permission.present("sourceArn", `${principal} may invoke the function for any account`);
    // A bucket's ARN has no account in it: a deleted bucket's name can be taken by somebody else.
    if (principal === "s3.amazonaws.com")
      permission.present("sourceAccount", "a new owner of the bucket's name may invoke the function");
  },
};
