import type { ControlCollection } from "../kit";

/**
 * The cost rules of other collections that can be decided from a program and apply to the resource types of the platform.
 * Ids are theirs; where a collection names its checks only by title, the title is the id. Rules about EC2 instances and
 * volumes are covered by the same rule about ML instances and volumes. Left out: what needs usage data of a running
 * account, and services that the platform does not use.
 */
export const COST_CONTROLS: readonly ControlCollection[] = [
  {
    name: "pulumi/examples aws-ts-finops",
    snapshot: "12b89bd, 2026",
    ids: [
      "require-spot-instance",
      "t4g-instance-types",
      "cloudwatch-retention",
      "s3-require-lifecycle",
      "s3-expire-at-30-days",
      "single-nat-gateway",
    ],
  },
  {
    name: "clstokes/pulumi-policy-aws-cost",
    snapshot: "8f06776, 2020",
    ids: ["aws-budget-limit", "aws-cost-estimate"],
  },
  {
    name: "turbot/steampipe-mod-aws-thrifty",
    snapshot: "0183d85, 2024",
    ids: [
      "cloudwatch_log_group_retention_disabled",
      "cost_explorer_full_month_cost_changes",
      "dynamodb_table_autoscaling_disabled",
      "dynamodb_table_stale_data",
      "ebs_volume_large",
      "ec2_eips_unattached",
      "ec2_instance_large",
      "ec2_instance_older_generation",
      "ecr_repository_image_unused",
      "lambda_function_excessive_timeout",
      "lambda_function_with_graviton",
      "s3_bucket_without_lifecycle",
      "secretsmanager_secret_unused",
      "vpc_nat_gateway_unused",
    ],
  },
  {
    name: "AWS Trusted Advisor, cost optimization",
    snapshot: "2026",
    ids: [
      "AWS Lambda Functions with Excessive Timeouts",
      "Amazon ECR Repository without lifecycle policy configured",
      "Amazon S3 Incomplete Multipart Upload Abort Configuration",
      "Amazon S3 version-enabled buckets without lifecycle policies configured",
      "Inactive NAT Gateways",
      "Inactive VPC interface endpoints",
      "Unassociated Elastic IP Addresses",
    ],
  },
  {
    name: "Checkov (the checks about money)",
    snapshot: "03d5fda, 2026-08",
    ids: ["CKV_AWS_66", "CKV_AWS_300", "CKV2_AWS_16", "CKV2_AWS_19", "CKV2_AWS_61"],
  },
  {
    name: "AWS Security Hub (the controls about money)",
    snapshot: "2026",
    ids: ["DynamoDB.1", "EC2.12", "ECR.3", "S3.10", "S3.13"],
  },
];
