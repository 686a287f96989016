/** What a Task calls. */
export interface Integration {
  /** As the state names it: `sagemaker`, `s3`. */
  readonly service: string;
  /** As AWS names the operation, `CreateTrainingJob`. */
  readonly operation: string;
  /** Whether the state waits until the job that it started has ended. */
  readonly waits: boolean;
  /** Whether Step Functions passes every call on (aws-sdk), or has an integration of its own. */
  readonly isSdk: boolean;
}

const PATTERN = /^arn:aws:states:::(aws-sdk:)?([a-z0-9]+):([a-z][A-Za-z0-9]*)(\.sync(:2)?)?$/;

/** undefined for a resource of another form: a function, an activity, an HTTP endpoint. */
export function integrationOf(resource: string): Integration | undefined {
  const match = PATTERN.exec(resource);
  if (!match) return undefined;
  const [, sdk, service = "", call = "", sync] = match;
  const operation = call.charAt(0).toUpperCase() + call.slice(1);
  return { service, operation, waits: sync !== undefined, isSdk: sdk !== undefined };
}
