import type { RecordedResource, Recording } from "../../preview/recorded-resource";

/** An endpoint of the program, and where its run-time state is. All names are known without the cloud. */
export interface PlannedEndpoint {
  readonly endpointName: string;
  /** SSM parameter that names the desired configuration. */
  readonly desiredParameter: string;
}

export function endpointsOfPlan({ resources }: Recording): PlannedEndpoint[] {
  const endpoints = resources.filter(({ type }) => type === "aws:sagemaker/endpoint:Endpoint");
  return endpoints.map((endpoint) => {
    const desired = parameters(resources).find(({ parent }) => parent === endpoint.parent);
    return { endpointName: String(endpoint.inputs.name), desiredParameter: String(desired?.inputs.name) };
  });
}

/** SSM parameters that name the live version of a model: the ones whose value the program does not hold on to. */
export function pointersOfPlan({ resources }: Recording): string[] {
  return parameters(resources)
    .filter(({ ignoreChanges }) => ignoreChanges.length > 0)
    .map(({ inputs }) => String(inputs.name));
}

function parameters(resources: readonly RecordedResource[]): RecordedResource[] {
  return resources.filter(({ type }) => type === "aws:ssm/parameter:Parameter");
}
