import type { ResourceRule } from "../../../kit";
import { forbidSecrets } from "../../secrets";
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
  check: (stage) =>
    forbidSecrets(stage, stage.at(VARIABLES[stage.type as keyof typeof VARIABLES]), "variable"),
};
