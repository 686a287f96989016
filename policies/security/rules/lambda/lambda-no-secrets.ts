import type { ResourceRule } from "../../../kit";
import { forbidSecrets } from "../../secrets";
import { FUNCTION } from "./functions";

export const lambdaNoSecrets: ResourceRule = {
  id: "lambda-no-secrets",
  title: "Environments of functions hold no secrets",
  severity: "critical",
  rationale: "The environment is in the console, in the state and in every copy of the configuration.",
  controls: ["CKV_AWS_45"],
  inspects: { [FUNCTION]: ["environment.variables"] },
  remedy: "Give the function the name of a secret and let it read the value with its role.",
  check: (fn) => forbidSecrets(fn, fn.at("environment.variables"), "variable"),
};
