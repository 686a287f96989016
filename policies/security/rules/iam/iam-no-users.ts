import type { ResourceRule } from "../../../kit";

export const iamNoUsers: ResourceRule = {
  id: "iam-no-users",
  title: "There are no IAM users, groups or access keys",
  severity: "high",
  rationale: "Long-lived keys leak; people and pipelines get short sessions through roles.",
  anchors: [
    "CKV_AWS_40",
    "CKV_AWS_273",
    "IAM.2",
    "IAMUserNoPolicies",
    "IAMGroupHasUsers",
    "IAM_USER_NO_POLICIES_CHECK",
    "iam-user-no-policies-check",
    "compliance-policies: aws-iam-accesskey-disallow-access-keys",
    "iam_user_two_active_access_key",
    "iam_policy_attached_only_to_group_or_roles",
    "AWS-0143",
  ],
  guards: Object.fromEntries(
    [
      "user:User",
      "group:Group",
      "accessKey:AccessKey",
      "userPolicy:UserPolicy",
      "userPolicyAttachment:UserPolicyAttachment",
      "userLoginProfile:UserLoginProfile",
      "groupPolicy:GroupPolicy",
      "groupPolicyAttachment:GroupPolicyAttachment",
      "userGroupMembership:UserGroupMembership",
      "sshKey:SshKey",
    ].map((type) => [`aws:iam/${type}`, []]),
  ),
  remedy: "Use a role: OIDC for pipelines, IAM Identity Center for people.",
  check: (resource) => resource.fail("long-lived identities are not used"),
};
