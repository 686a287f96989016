import { sourceOf } from "./expression";
import { integrationOf } from "./integration";
import type { Json, TaskState } from "./states";

/** One right that a machine's role must have. */
export interface NeededRight {
  readonly action: string;
  /** ARN; `*` at the end of a name that is only known when the machine runs. */
  readonly resource: string;
  /** Service that a role is passed to. */
  readonly passedTo?: string;
}

/** Where the machine is deployed. */
export interface RightsScope {
  readonly region: string;
  readonly accountId: string;
}

type Values = Readonly<Record<string, Json>>;
type Needs = (args: Values, scope: RightsScope) => readonly NeededRight[];

/**
 * The rights that a machine's role needs for a task: its call on what it names, the roles that it passes on, and
 * what Step Functions itself does to follow a job.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export function neededRights(
  task: Pick<TaskState, "Resource" | "Arguments">,
  scope: RightsScope,
): readonly NeededRight[] {
  const integration = integrationOf(task.Resource);
  const key = integration ? `${integration.service}:${integration.operation}` : task.Resource;
  const needs = NEEDS[key];
  if (!needs) throw new Error(`no rights are known for ${key}; known: ${Object.keys(NEEDS).join(", ")}`);
  const args = task.Arguments as Values;
  const passed = rolesIn(args).map((resource) => ({
    action: "iam:PassRole",
    resource,
    passedTo: `${integration!.service}.amazonaws.com`,
  }));
  return [...needs(args, scope), ...passed];
}

/** Text as far as it is known: of an expression the text that it begins with, then `*`. */
function patternOf(value: Json | undefined): string {
  if (typeof value !== "string") return "*";
  const source = sourceOf(value);
  if (source === undefined) return value;
  const [literal] = /^"([^"\\]*)"/.exec(source) ?? [];
  if (literal === undefined) return "*";
  return literal === source ? literal.slice(1, -1) : `${literal.slice(1, -1)}*`;
}

function rolesIn(args: Json): string[] {
  if (typeof args !== "object" || args === null) return [];
  return Object.entries(args).flatMap(([key, value]) =>
    ["RoleArn", "ExecutionRoleArn"].includes(key) ? [patternOf(value as Json)] : rolesIn(value as Json),
  );
}

const arn = (service: string, { region, accountId }: RightsScope, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** A job that Step Functions follows to its end: it hears of it by a rule that it makes itself. */
function job(kind: string, type: string, rule: string, nameKey: string): Needs {
  return (args, scope) => {
    const resource = arn("sagemaker", scope, `${type}/${patternOf(args[nameKey])}`);
    const managed = arn("events", scope, `rule/StepFunctionsGetEventsForSageMaker${rule}Rule`);
    return [
      ...[`Create${kind}`, `Describe${kind}`, `Stop${kind}`, "AddTags"].map((call) => ({
        action: `sagemaker:${call}`,
        resource,
      })),
      ...["DescribeRule", "PutRule", "PutTargets"].map((call) => ({
        action: `events:${call}`,
        resource: managed,
      })),
    ];
  };
}

const one =
  (action: string, resource: (args: Values, scope: RightsScope) => string): Needs =>
  (args, scope) => [{ action, resource: resource(args, scope) }];

const objectArn = (args: Values) => `arn:aws:s3:::${patternOf(args.Bucket)}/${patternOf(args.Key)}`;
const tableArn = (args: Values, scope: RightsScope) =>
  arn("dynamodb", scope, `table/${patternOf(args.TableName)}`);
const packageArn = (_: Values, scope: RightsScope) => arn("sagemaker", scope, "model-package/*");
const modelArn = (args: Values, scope: RightsScope) =>
  arn("sagemaker", scope, `model/${patternOf(args.ModelName)}`);
const parameterArn = (name: string, scope: RightsScope) => arn("ssm", scope, `parameter${name}`);

const NEEDS: Readonly<Record<string, Needs>> = {
  "sagemaker:CreateProcessingJob": job(
    "ProcessingJob",
    "processing-job",
    "ProcessingJobs",
    "ProcessingJobName",
  ),
  "sagemaker:CreateTrainingJob": job("TrainingJob", "training-job", "TrainingJobs", "TrainingJobName"),
  "sagemaker:CreateTransformJob": job("TransformJob", "transform-job", "TransformJobs", "TransformJobName"),
  "sagemaker:CreateHyperParameterTuningJob": job(
    "HyperParameterTuningJob",
    "hyper-parameter-tuning-job",
    "TuningJobs",
    "HyperParameterTuningJobName",
  ),
  "sagemaker:CreateModel": (args, scope) =>
    ["CreateModel", "AddTags"].map((call) => ({
      action: `sagemaker:${call}`,
      resource: modelArn(args, scope),
    })),
  "sagemaker:DeleteModel": one("sagemaker:DeleteModel", modelArn),
  "sagemaker:CreateModelPackage": one("sagemaker:CreateModelPackage", (args, scope) =>
    arn("sagemaker", scope, `model-package/${patternOf(args.ModelPackageGroupName)}`),
  ),
  "sagemaker:UpdateModelPackage": one("sagemaker:UpdateModelPackage", packageArn),
  "sagemaker:DescribeModelPackage": one("sagemaker:DescribeModelPackage", packageArn),
  "dynamodb:GetItem": one("dynamodb:GetItem", tableArn),
  "dynamodb:PutItem": one("dynamodb:PutItem", tableArn),
  "dynamodb:UpdateItem": one("dynamodb:UpdateItem", tableArn),
  "s3:ListObjectsV2": one("s3:ListBucket", (args) => `arn:aws:s3:::${patternOf(args.Bucket)}`),
  "s3:GetObject": one("s3:GetObject", objectArn),
  "s3:PutObject": one("s3:PutObject", objectArn),
  "s3:CopyObject": (args) => [
    { action: "s3:PutObject", resource: objectArn(args) },
    { action: "s3:GetObject", resource: `arn:aws:s3:::${patternOf(args.CopySource)}` },
  ],
  // The folder and what is below it.
  "ssm:GetParametersByPath": (args, scope) =>
    ["", "/*"].map((below) => ({
      action: "ssm:GetParametersByPath",
      resource: parameterArn(`${patternOf(args.Path).replace(/\/$/, "")}${below}`, scope),
    })),
  "ssm:PutParameter": one("ssm:PutParameter", (args, scope) => parameterArn(patternOf(args.Name), scope)),
  "sns:Publish": one("sns:Publish", (args) => patternOf(args.TopicArn)),
  "events:PutEvents": one("events:PutEvents", (_, scope) => arn("events", scope, "event-bus/default")),
  "states:StartExecution": one("states:StartExecution", (args) => patternOf(args.StateMachineArn)),
  // Metrics have no resource.
  "cloudwatch:PutMetricData": one("cloudwatch:PutMetricData", () => "*"),
};
