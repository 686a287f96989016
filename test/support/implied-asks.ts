import type { AwsCall } from "./aws-wire";

/** What IAM is asked. */
interface Ask {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const PLACE = "ap-northeast-1:123456789012";
const sagemaker = (type: string, name: unknown) => `arn:aws:sagemaker:${PLACE}:${type}/${String(name)}`;

/**
 * Every question that IAM answers before a call of a rollout or a clean-up goes through: the action itself on each resource
 * that it names, and what AWS checks within it (the role that it passes, the tags that it sets, the grant of a key).
 */
export function impliedAsks(call: AwsCall, keyArn: string, environment: string): Ask[] {
  const { service, operation, input } = call;
  const tags = (input.Tags ?? []) as readonly Tag[];
  const context = {
    ...ofRequest(input),
    ...tagged("aws:RequestTag", tags),
    // The clean-up deletes nothing without these tags.
    ...tagged("aws:ResourceTag", [
      { Key: "Project", Value: "smartretail" },
      { Key: "Environment", Value: environment },
    ]),
    ...(service === "application-autoscaling"
      ? { "application-autoscaling:service-namespace": "sagemaker" }
      : {}),
  };
  const resources = resourcesOf(call);
  const asks = resources.map((resource) => ({ action: `${service}:${operation}`, resource, context }));
  return [...asks, ...within(call, resources, tags, keyArn)];
}

function within(
  { operation, input }: AwsCall,
  resources: readonly string[],
  tags: readonly Tag[],
  keyArn: string,
): Ask[] {
  const asks: Ask[] = [];
  if (tags.length > 0) {
    for (const resource of resources) {
      const context = { "sagemaker:TaggingAction": operation };
      asks.push({ action: "sagemaker:AddTags", resource, context });
    }
  }
  if (typeof input.ExecutionRoleArn === "string") {
    const context = { "iam:PassedToService": "sagemaker.amazonaws.com" };
    asks.push({ action: "iam:PassRole", resource: input.ExecutionRoleArn, context });
  }
  // Guarded updates are those of instances; https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html (KmsKeyId)
  if (operation === "UpdateEndpoint" && input.DeploymentConfig !== undefined) {
    const context = {
      "kms:GrantIsForAWSResource": "true",
      "kms:ViaService": "sagemaker.ap-northeast-1.amazonaws.com",
    };
    asks.push({ action: "kms:CreateGrant", resource: keyArn, context });
  }
  if (operation === "PutScalingPolicy") {
    const resource = `arn:aws:cloudwatch:${PLACE}:alarm:TargetTracking-${String(input.ResourceId)}-AlarmHigh-1`;
    asks.push({ action: "cloudwatch:PutMetricAlarm", resource, context: {} });
  }
  return asks;
}

function resourcesOf({ service, operation, input }: AwsCall): string[] {
  if (service === "ssm") return [`arn:aws:ssm:${PLACE}:parameter${String(input.Name)}`];
  if (service === "application-autoscaling") {
    const describes = operation.startsWith("Describe");
    return [describes ? "*" : `arn:aws:application-autoscaling:${PLACE}:scalable-target/1`];
  }
  const named = [
    ...(input.EndpointName === undefined ? [] : [sagemaker("endpoint", input.EndpointName)]),
    ...(input.EndpointConfigName === undefined
      ? []
      : [sagemaker("endpoint-config", input.EndpointConfigName)]),
    ...(input.ModelName === undefined ? [] : [sagemaker("model", input.ModelName)]),
    ...(input.ResourceArn === undefined ? [] : [String(input.ResourceArn)]),
  ];
  return named.length === 0 ? ["*"] : named;
}

/** Condition keys that SageMaker fills from what a variant asks for. */
function ofRequest({ ProductionVariants = [] }: AwsCall["input"]): Record<string, string> {
  const [variant] = ProductionVariants as readonly Record<string, Record<string, unknown> | undefined>[];
  const { MaxConcurrency, MemorySizeInMB } = variant?.ServerlessConfig ?? {};
  return MaxConcurrency === undefined
    ? {}
    : {
        "sagemaker:ServerlessMaxConcurrency": String(MaxConcurrency as number),
        "sagemaker:ServerlessMemorySize": String(MemorySizeInMB as number),
      };
}

function tagged(prefix: string, tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [`${prefix}/${Key}`, Value]));
}
