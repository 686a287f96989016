import type { ResourceCheck, StackCheck } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "./endpoint-configurations";

export const MODEL = "aws:sagemaker/model:Model";

/**
 * The models that run on instances, or that nothing serves yet. Serverless inference accepts neither a VPC nor network
 * isolation, so a model that only serverless variants use can have none.
 */
export function modelsOnInstances(stack: StackCheck): ResourceCheck[] {
  const configurations = stack.ofType(ENDPOINT_CONFIGURATION);
  return stack.ofType(MODEL).filter((model) => {
    const uses = configurations.flatMap((configuration) => variantsServing(configuration, model));
    return uses.length === 0 || uses.some((serverless) => !serverless);
  });
}

/** For every variant of the configuration that may serve the model, whether it is serverless. */
function variantsServing(configuration: ResourceCheck, model: ResourceCheck): boolean[] {
  const names = [model.at("name").known, model.at("id").known];
  const related = configuration.raw.propertyDependencies?.productionVariants?.includes(model.urn) ?? false;
  return configuration
    .at("productionVariants")
    .items()
    .filter((variant) => {
      const name = variant.at("modelName");
      return name.presence === "known" ? names.includes(name.known) : related;
    })
    .map((variant) => variant.at("serverlessConfig").isSet);
}
