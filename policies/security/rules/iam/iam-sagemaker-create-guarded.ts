import type { Condition, PolicyDocument, ResourceRule } from "../../../kit";
import { identityPolicies, IDENTITY_POLICY_PATHS } from "./identity-policies";

const VPC = ["sagemaker:VpcSubnets", "sagemaker:VpcSecurityGroupIds"];
const JOB = [VPC, ["sagemaker:VolumeKmsKey"], ["sagemaker:OutputKmsKey"], ["sagemaker:InstanceTypes"]];

/** Condition keys that IAM offers for each action; one key of every group must be in a condition. */
const REQUIRED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "sagemaker:CreateTrainingJob": [...JOB, ["sagemaker:NetworkIsolation"]],
  "sagemaker:CreateHyperParameterTuningJob": [...JOB, ["sagemaker:NetworkIsolation"]],
  "sagemaker:CreateProcessingJob": JOB,
  "sagemaker:CreateTransformJob": [
    ["sagemaker:InstanceTypes"],
    ["sagemaker:OutputKmsKey", "sagemaker:VolumeKmsKey"],
  ],
  "sagemaker:CreateModel": [VPC, ["sagemaker:NetworkIsolation"]],
  "sagemaker:CreateEndpointConfig": [["sagemaker:InstanceTypes"], ["sagemaker:VolumeKmsKey"]],
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
  check: (resource) => {
    for (const document of identityPolicies(resource)) {
      for (const [action, groups] of Object.entries(REQUIRED)) checkAction(document, action, groups);
    }
  },
};

function checkAction(document: PolicyDocument, action: string, groups: readonly (readonly string[])[]): void {
  const denials = document.statements.filter((statement) => statement.denies && statement.covers(action));
  for (const statement of document.statements.filter((s) => s.allows && s.covers(action))) {
    const missing = groups.filter((keys) =>
      [statement, ...denials].every(
        (candidate) =>
          !candidate.conditionsOn(...keys).some((condition) => enforces(condition, candidate.denies)),
      ),
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
 * With …IfExists or ForAllValues a request that leaves the key out passes an Allow, and so it does with Null "true":
 * none of them enforces anything. In a Deny, Null "true" is the usual way to demand the key.
 */
function enforces({ operator, values }: Condition, denies: boolean): boolean {
  if (/^Null$/i.test(operator)) return values.every((value) => value === String(denies));
  return !/IfExists$/i.test(operator) && (denies || !/^ForAllValues:/i.test(operator));
}
