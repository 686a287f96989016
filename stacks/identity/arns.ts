import type { ArnScope, Context } from "../context";

/** `<type>/<prefix>-*` of SageMaker: the platform's own jobs, models, endpoints, groups. */
export function sagemakerArns(
  { accountId, region, prefix }: ArnScope,
  ...types: readonly string[]
): string[] {
  return types.map((type) => `arn:aws:sagemaker:${region}:${accountId}:${type}/${prefix}-*`);
}

/** Every resource of a type: for those that Pulumi names (models, endpoint configurations) or SageMaker does. */
export function anySagemakerArns({ accountId, region }: ArnScope, ...types: readonly string[]): string[] {
  return types.map((type) => `arn:aws:sagemaker:${region}:${accountId}:${type}/*`);
}

/** Versions in the registry: `<group>/<number>`. */
export function modelPackageArns(scope: ArnScope): string[] {
  return sagemakerArns(scope, "model-package", "model-package-group");
}

export function stateMachineArn({ accountId, region, prefix }: ArnScope): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${prefix}-*`;
}

export function executionArn({ accountId, region, prefix }: ArnScope): string {
  return `arn:aws:states:${region}:${accountId}:execution:${prefix}-*`;
}

/** `<prefix>-<name>` and its versions and aliases. */
export function functionArns({ accountId, region, prefix }: ArnScope, name: string): string[] {
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${prefix}-${name}`;
  return [arn, `${arn}:*`];
}

/** Parameters below `/smartretail/<environment>/<path>`. */
export function parameterArns(
  { accountId, region, settings }: ArnScope & Pick<Context, "settings">,
  ...paths: readonly string[]
): string[] {
  const root = `arn:aws:ssm:${region}:${accountId}:parameter/smartretail/${settings.environment}`;
  return paths.map((path) => `${root}/${path}`);
}

/** A log group and its streams. */
export function logGroupArns({ accountId, region }: ArnScope, ...names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const arn = `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
    return [arn, `${arn}:*`];
  });
}
