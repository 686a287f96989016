import { matchesPattern } from "../../../kit";

/** Actions for which IAM accepts only `*` as resource (service authorization reference), as far as a platform uses them. */
const UNSCOPABLE = [
  "application-autoscaling:Describe*",
  "autoscaling:Describe*",
  "budgets:View*",
  "ce:Get*",
  "cloudwatch:Describe*",
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "ec2:Describe*",
  "ecr:GetAuthorizationToken",
  "events:ListRules",
  "glue:GetTables",
  "iam:ListRoles",
  "kms:ListAliases",
  "kms:ListKeys",
  "lambda:ListFunctions",
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
  "s3:GetAccountPublicAccessBlock",
  "s3:ListAllMyBuckets",
  "sagemaker:GetSearchSuggestions",
  "sagemaker:List*",
  "sagemaker:Search",
  "servicecatalog:List*",
  "sns:ListTopics",
  "sqs:ListQueues",
  "states:ListStateMachines",
  "sts:GetCallerIdentity",
  "tag:Get*",
  "xray:Get*",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Elastic network interfaces of Lambda and SageMaker in a VPC: AWS's own policies give these without a resource. */
const NETWORK_INTERFACES = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:CreateNetworkInterfacePermission",
  "ec2:DeleteNetworkInterface",
  "ec2:DeleteNetworkInterfacePermission",
  "ec2:UnassignPrivateIpAddresses",
];

/** Whether IAM leaves no choice but `*` for an action. */
export function needsEveryResource(action: string): boolean {
  return [...UNSCOPABLE, ...NETWORK_INTERFACES].some((pattern) => matchesPattern(pattern, action));
}
