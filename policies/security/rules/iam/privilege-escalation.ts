/** Actions that give whoever holds them more rights at once. */
export const ESCALATING_ACTIONS: readonly string[] = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PutGroupPolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "lambda:UpdateFunctionConfiguration",
  "sagemaker:CreatePresignedNotebookInstanceUrl",
  "ssm:SendCommand",
];

/** Actions that run code with a role that is passed to them: together with an unlimited PassRole they give every right. */
export const ROLE_TAKING_ACTIONS: readonly string[] = [
  "cloudformation:CreateStack",
  "codebuild:CreateProject",
  "datapipeline:CreatePipeline",
  "ec2:RunInstances",
  "ecs:RunTask",
  "glue:CreateDevEndpoint",
  "glue:CreateJob",
  "lambda:CreateFunction",
  "sagemaker:CreateNotebookInstance",
  "sagemaker:CreateProcessingJob",
  "sagemaker:CreateTrainingJob",
  "states:CreateStateMachine",
];

/** Actions that hand out credentials. */
export const CREDENTIAL_ACTIONS: readonly string[] = [
  "chime:CreateApiKey",
  "codepipeline:PollForJobs",
  "cognito-identity:GetCredentialsForIdentity",
  "connect:GetFederationToken",
  "iam:CreateServiceSpecificCredential",
  "iam:ResetServiceSpecificCredential",
  "redshift:GetClusterCredentials",
  "rds-db:connect",
  "sts:AssumeRole",
  "sts:GetFederationToken",
  "sts:GetSessionToken",
];

/** Actions that read data in bulk. */
export const EXFILTRATING_ACTIONS: readonly string[] = [
  "dynamodb:Scan",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "sagemaker:BatchGetRecord",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
];

/** Actions that change who may do what on a resource. */
export const PERMISSION_ACTIONS: readonly string[] = [
  "ecr:SetRepositoryPolicy",
  "events:PutPermission",
  "kms:CreateGrant",
  "kms:PutKeyPolicy",
  "lambda:AddPermission",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutObjectAcl",
  "sagemaker:PutModelPackageGroupPolicy",
  "secretsmanager:PutResourcePolicy",
  "sns:AddPermission",
  "sns:SetTopicAttributes",
  "sqs:AddPermission",
  "sqs:SetQueueAttributes",
];
