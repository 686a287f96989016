import type { ResourceRule } from "../../../kit";
import { secretInVariable } from "../../secrets";
import { HTTP_STAGE, STAGE } from "./rest-apis";

const VARIABLES = { [STAGE]: "variables", [HTTP_STAGE]: "stageVariables" };

export const apiStageNoSecrets: ResourceRule = {
  id: "api-stage-no-secrets",
  title: "Stage variables hold no secrets",
  severity: "medium",
  rationale: "Stage variables are in the console and in every log format that names them.",
  controls: [],
  inspects: Object.fromEntries(Object.entries(VARIABLES).map(([type, path]) => [type, [path]])),
  remedy: "Let the function read the secret with its role.",
  check: (stage) => {
    for (const { key, value } of stage.at(VARIABLES[stage.type as keyof typeof VARIABLES]).members()) {
      const secret = secretInVariable(key, String(value.read() ?? ""));
      if (secret) stage.fail(`the variable ${key} holds ${secret}`, value.path, key);
    }
  },
};
