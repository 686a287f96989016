import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "./functions";

export const lambdaEnvCmk: ResourceRule = {
  id: "lambda-env-cmk",
  title: "Environments of functions are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "With the default key everybody who may describe the function reads its environment.",
  controls: ["CKV_AWS_173"],
  inspects: { [FUNCTION]: ["kmsKeyArn", "environment.variables"] },
  remedy: "Set kmsKeyArn to a customer-managed key.",
  check: (fn) => {
    if (fn.at("environment.variables").isSet) fn.present("kmsKeyArn", "the environment has no key of ours");
  },
};
