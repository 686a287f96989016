import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import { CATEGORIES, type Category } from "../../contracts/categories";
import type { SmartRetailOutputs } from "../../contracts/outputs";
import { SageMakerEndpoint, type EndpointNames } from "../../runtime/endpoints/aws/model-endpoint";
import { SsmPointers } from "../../runtime/stores/aws/ssm-pointers";
import type { SmokeTestPorts } from "./smoke-test";

/** The environment that the outputs of its stack describe. */
export function liveEnvironment({ region, environment, serving }: SmartRetailOutputs): SmokeTestPorts {
  return {
    endpoint: new SageMakerEndpoint(new SageMakerRuntimeClient({ region }), endpointNames(serving)),
    pointers: new SsmPointers(new SSMClient({ region }), environment),
  };
}

/** @throws Error where the outputs name no endpoint for a category */
export function endpointNames({ mode, endpoints }: SmartRetailOutputs["serving"]): EndpointNames {
  const nameOf = (key: string) => {
    const name = endpoints[key]?.name;
    if (name === undefined) throw new Error(`the stack's outputs have no serving.endpoints.${key}.name`);
    return name;
  };
  if (mode === "realtime") return { forecast: nameOf("forecast") };
  return Object.fromEntries(CATEGORIES.map((category) => [category, nameOf(category)])) as Record<
    Category,
    string
  >;
}
