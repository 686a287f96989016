import type { ResourceRule } from "../../../kit";
import { matchesGlob } from "../../../kit";
import { ROLE } from "./identity-policies";

const ATTACHMENTS = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn"],
  "aws:iam/policyAttachment:PolicyAttachment": ["policyArn"],
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": ["policyArn"],
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": ["policyArn"],
};

export const iamNoBroadManaged: ResourceRule = {
  id: "iam-no-broad-managed",
  title: "No role has a broad policy that AWS manages",
  severity: "high",
  rationale:
    "AmazonSageMakerFullAccess and its like reach every bucket with sagemaker in its name, and grow without notice.",
  controls: [
    "CKV_AWS_274",
    "CKV2_AWS_56",
    "IAMNoManagedPolicies",
    "guard:iam_role_administrator_access_policy_rule",
    "guard:iam_role_elevated_managed_policy_rule",
    "sagemaker_full_access_policy_attached",
  ],
  inspects: { ...ATTACHMENTS, [ROLE]: ["managedPolicyArns"] },
  remedy: "Write a policy with the actions and resources that the role needs.",
  options: {
    denied: {
      type: "array",
      items: { type: "string" },
      description: "Globs of ARNs that must not be attached.",
      default: [
        "*:aws:policy/*FullAccess*",
        "*:aws:policy/AdministratorAccess*",
        "*:aws:policy/PowerUserAccess",
        "*:aws:policy/job-function/*",
      ],
    },
  },
  check: (resource) => {
    const denied = resource.option<string[]>("denied");
    const arns =
      resource.type === ROLE ? resource.at("managedPolicyArns").items() : [resource.at("policyArn")];
    for (const arn of arns) {
      const known = arn.read<string>();
      if (known !== undefined && denied.some((glob) => matchesGlob(glob, known))) {
        arn.fail("the policy is broad and not ours", known.split("/").at(-1));
      }
    }
  },
};
