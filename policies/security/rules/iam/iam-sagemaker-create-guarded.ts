import type { Condition, PolicyDocument, ResourceRule, Statement } from "../../../kit";
import { identityPolicies, IDENTITY_POLICY_PATHS } from "./identity-policies";

const VPC = ["sagemaker:VpcSubnets", "sagemaker:VpcSecurityGroupIds"];
/** The names that AWS's service reference has: of the older ones without "Arn" nobody knows whether a request carries them. */
const VOLUME = ["sagemaker:VolumeKmsKeyArn"];
const RESULTS = ["sagemaker:OutputKmsKeyArn"];
const JOB = [VPC, VOLUME, RESULTS, ["sagemaker:InstanceTypes"]];
/** Limits of a serverless variant. A request that must carry one makes no instances: it has neither types nor volumes. */
const SERVERLESS = ["sagemaker:ServerlessMaxConcurrency", "sagemaker:ServerlessMemorySize"];
/** Another name of the same value: a Deny for requests with neither still demands the value. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  "sagemaker:volumekmskeyarn": "sagemaker:volumekmskey",
  "sagemaker:outputkmskeyarn": "sagemaker:outputkmskey",
};

/** Condition keys that IAM offers for each action; one key of every group must be in a condition. */
const REQUIRED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "sagemaker:CreateTrainingJob": [...JOB, ["sagemaker:NetworkIsolation"]],
  "sagemaker:CreateHyperParameterTuningJob": [...JOB, ["sagemaker:NetworkIsolation"]],
  "sagemaker:CreateProcessingJob": JOB,
  "sagemaker:CreateTransformJob": [["sagemaker:InstanceTypes"], VOLUME, RESULTS],
  "sagemaker:CreateModel": [VPC, ["sagemaker:NetworkIsolation"]],
  "sagemaker:CreateEndpointConfig": [
    ["sagemaker:InstanceTypes", ...SERVERLESS],
    [...VOLUME, ...SERVERLESS],
  ],
};

export const iamSagemakerCreateGuarded: ResourceRule = {
  id: "iam-sagemaker-create-guarded",
  title:
    "SageMaker jobs, models and endpoints can be created only in the VPC, encrypted and of allowed sizes",
  severity: "high",
  rationale: "The program's settings bind only the program; the condition binds whoever holds the role.",
  controls: [],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: "Add the condition keys to the Allow, or a Deny for requests without them.",
  options: {
    serverlessModels: {
      type: "boolean",
      description:
        "Whether models may be made for serverless endpoints, which have neither VPC nor isolation.",
      default: false,
    },
  },
  check: (resource) => {
    const exempt = resource.option<boolean>("serverlessModels") ? "sagemaker:CreateModel" : undefined;
    for (const document of identityPolicies(resource)) {
      for (const [action, groups] of Object.entries(REQUIRED)) {
        if (action !== exempt) checkAction(document, action, groups);
      }
    }
  },
};

function checkAction(document: PolicyDocument, action: string, groups: readonly (readonly string[])[]): void {
  const denials = document.statements.filter((statement) => statement.denies && statement.covers(action));
  for (const statement of document.statements.filter((s) => s.allows && s.covers(action))) {
    const missing = groups.filter(
      (keys) => ![statement, ...denials].some((candidate) => demands(candidate, keys)),
    );
    if (missing.length > 0) {
      statement.fail(
        `allows ${action} without a condition on ${missing.map((keys) => keys[0]).join(", ")}`,
        `Action::${action}`,
      );
    }
  }
}

/**
 * Whether no request passes without one of the keys. All conditions of a statement must hold at once: a Deny that asks for
 * anything else as well (another key that is missing too, the same key being there) lets requests through.
 */
function demands(statement: Statement, keys: readonly string[]): boolean {
  const conditions = statement.conditionsOn(...keys);
  if (!conditions.some((condition) => enforces(condition, statement.denies))) return false;
  if (!statement.denies) return true;
  const names = keys.map((key) => key.toLowerCase());
  const same = new Set([...names, ...names.map((key) => OLDER_NAMES[key])]);
  return statement
    .conditionsOn("*")
    .every((condition) => same.has(condition.key.toLowerCase()) && enforces(condition, true));
}

/**
 * With …IfExists or ForAllValues a request that leaves the key out passes an Allow, and so it does with Null "true":
 * none of them enforces anything. A Deny meets a request without the key by Null "true", by an operator of difference
 * (true for a key that is not there), but by none that asks for any of several values.
 */
function enforces({ operator, values }: Condition, denies: boolean): boolean {
  if (/^Null$/i.test(operator)) return values.every((value) => value === String(denies));
  if (denies) return /^(ForAllValues:)?(\w*Not\w*|Bool)$/i.test(operator);
  return !/IfExists$/i.test(operator) && !/^ForAllValues:/i.test(operator);
}
