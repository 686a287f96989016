import type { ResourceRule } from "../../../kit";
import { containerPaths, containersOf } from "./containers";

export const smModelFromRegistry: ResourceRule = {
  id: "sm-model-from-registry",
  title: "Models are deployed from the registry",
  severity: "medium",
  rationale: "A package of the registry carries its approval, its metrics and its lineage.",
  controls: ["sagemaker_models_registry_in_use", "SM-26"],
  inspects: { "aws:sagemaker/model:Model": containerPaths("modelPackageName") },
  remedy: "Set modelPackageName to an approved package.",
  optIn: true,
  check: (model) => {
    for (const container of containersOf(model)) {
      container.present("modelPackageName", "the model is not a package of the registry");
    }
  },
};
