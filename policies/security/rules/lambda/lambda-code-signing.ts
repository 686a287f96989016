import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "./functions";

export const lambdaCodeSigning: ResourceRule = {
  id: "lambda-code-signing",
  title: "Functions accept signed code only",
  severity: "low",
  rationale:
    "A signature proves that the pipeline built the code; it needs a signing profile, so it is off by default.",
  controls: ["CKV_AWS_272"],
  inspects: { [FUNCTION]: ["codeSigningConfigArn"] },
  remedy: "Set codeSigningConfigArn.",
  optIn: true,
  check: (fn) => fn.present("codeSigningConfigArn", "anybody's code is accepted"),
};
