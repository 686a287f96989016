import { openToKnownAccounts } from "../../known-accounts";
import { TOPIC, TOPIC_POLICY } from "../messaging/topics";

export const ecrPolicyClosed = openToKnownAccounts(
  {
    id: "ecr-policy-closed",
    title: "Image repositories are shared with known accounts only",
    rationale: "Whoever may push decides what runs; whoever may pull gets the code.",
    controls: ["CKV_AWS_32", "AWS-0032", "ECROpenAccess"],
    remedy: "Name the accounts, or limit the statement with aws:PrincipalOrgID.",
  },
  ["aws:ecr/repositoryPolicy:RepositoryPolicy"],
  "policy",
  "use the repository",
);

export const iamLogResourcePolicy = openToKnownAccounts(
  {
    id: "iam-log-resource-policy",
    title: "Log groups take entries from and show them to known accounts only",
    rationale: "A public log policy lets strangers forge entries or read them.",
    controls: [],
    remedy: "Name the service with aws:SourceAccount, or the accounts.",
  },
  ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy"],
  "policyDocument",
  "use the logs",
);

export const smMpgPolicyClosed = openToKnownAccounts(
  {
    id: "sm-mpg-policy-closed",
    title: "Model package groups are shared with known accounts only",
    rationale:
      "Whoever may write a package can put a model in front of the approver; whoever may read it gets the model.",
    controls: [],
    remedy: "Name the accounts, or limit the statement with aws:PrincipalOrgID.",
  },
  ["aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy"],
  "resourcePolicy",
  "use the group's models",
);

export const snsClosed = openToKnownAccounts(
  {
    id: "sns-closed",
    title: "Topics are open to known accounts only",
    rationale: "A forged message raises false alarms; a stranger's subscription reads the real ones.",
    controls: [
      "CKV_AWS_169",
      "SNS.4",
      "guard:sns_topicpolicy_no_allow_plus_not_action",
      "guard:sns_topicpolicy_no_allow_plus_notprincipal",
      "guard:sns_topicpolicy_no_wildcard_principal",
    ],
    remedy: "Name the principals, or limit the statement with aws:SourceAccount or aws:SourceOwner.",
  },
  [TOPIC, TOPIC_POLICY],
  "policy",
  "use the topic",
);
