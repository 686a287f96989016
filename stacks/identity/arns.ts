import { machineName, type MachineKind } from "../../contracts/machines";
import { PARAMETER_FOLDERS, parameterRoot } from "../../contracts/parameters";
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

export function stateMachineArn({ accountId, region, prefix }: ArnScope): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${prefix}-*`;
}

/** Of one machine, known before it is there. */
export function machineArn({ accountId, region, prefix }: ArnScope, kind: MachineKind): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${machineName(prefix, kind)}`;
}

export function executionArn({ accountId, region, prefix }: ArnScope): string {
  return `arn:aws:states:${region}:${accountId}:execution:${prefix}-*`;
}

/** `<prefix>-<name>` and its versions and aliases. */
export function functionArns({ accountId, region, prefix }: ArnScope, name: string): string[] {
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${prefix}-${name}`;
  return [arn, `${arn}:*`];
}

type ParameterFolder = keyof typeof PARAMETER_FOLDERS;

/** Everything in folders of the environment's parameters. */
export function parameterArns(
  { accountId, region, settings }: ArnScope & Pick<Context, "settings">,
  ...folders: readonly ParameterFolder[]
): string[] {
  const root = `arn:aws:ssm:${region}:${accountId}:parameter${parameterRoot(settings.environment)}`;
  return folders.map((folder) => `${root}${PARAMETER_FOLDERS[folder]}*`);
}

/**
 * A log group and its streams: with `:*` at the end even for the group itself, as CloudWatch Logs asks for all but tags.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export function logGroupArns({ accountId, region }: ArnScope, ...names: readonly string[]): string[] {
  return names.map((name) => `arn:aws:logs:${region}:${accountId}:log-group:${name}:*`);
}

/** Alarms are asked for by a prefix of their names, and CloudWatch checks that against all of them. */
export function anyAlarmArn({ accountId, region }: ArnScope): string {
  return `arn:aws:cloudwatch:${region}:${accountId}:alarm:*`;
}

/** A rule of the account's own event bus. */
export function ruleArn({ accountId, region }: ArnScope, ruleName: string): string {
  return `arn:aws:events:${region}:${accountId}:rule/${ruleName}`;
}
