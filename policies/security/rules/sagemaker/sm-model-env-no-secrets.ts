import type { ResourceRule } from "../../../kit";
import { forbidSecrets } from "../../secrets";
import { containerPaths, containersOf } from "./containers";

export const smModelEnvNoSecrets: ResourceRule = {
  id: "sm-model-env-no-secrets",
  title: "Model environments hold no secrets",
  severity: "high",
  rationale: "Everybody who may describe the model reads its environment.",
  controls: [],
  inspects: { "aws:sagemaker/model:Model": containerPaths("environment") },
  remedy: "Give the container the name of a secret and let it read the value with its role.",
  check: (model) => {
    for (const container of containersOf(model))
      forbidSecrets(model, container.at("environment"), "environment variable");
  },
};
