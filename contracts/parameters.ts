/** SSM parameters of one environment, below `/smartretail/<environment>/`. */
export function parameterRoot(environment: string): string {
  return `/smartretail/${environment}/`;
}

/** Folders below the root: what a role may read or write is granted by them. */
export const PARAMETER_FOLDERS = {
  /** `models/<variant>/<category>`: the version that is live. */
  models: "models/",
  /** `endpoints/<role>/desired`: what the endpoint should run (DesiredConfigurationValue). */
  endpoints: "endpoints/",
  /** `outputs/v<version>/…`: the stack's outputs. */
  outputs: "outputs/",
} as const;

/** Folder of a variant's pointers; below it one parameter per category. */
export function modelPointerFolder(environment: string, variant: string): string {
  return `${parameterRoot(environment)}${PARAMETER_FOLDERS.models}${variant}/`;
}

export function modelPointer(environment: string, variant: string, category: string): string {
  return modelPointerFolder(environment, variant) + category;
}

/** @param role what the endpoint is for, the end of its name: `forecast`, or `forecast-<category>` */
export function desiredConfigurationParameter(environment: string, role: string): string {
  return `${parameterRoot(environment)}${PARAMETER_FOLDERS.endpoints}${role}/desired`;
}

/** Value of that parameter as JSON, in the words of SageMaker's UpdateEndpoint. */
export interface DesiredConfigurationValue {
  readonly EndpointConfigName: string;
  /** null takes SageMaker's default, all at once. */
  readonly DeploymentConfig: Readonly<Record<string, unknown>> | null;
  /** Pointer whose version the endpoint has to serve, where the configuration itself names the model's archive. */
  readonly ModelPointer: string | null;
}
