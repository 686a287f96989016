import type { Price, PriceSource, PriceTable } from "./price-table";
import { TOKYO_INSTANCE_PRICES } from "./tokyo-instances";

const READ_ON = "2026-09-23";
/** Rates that were published on this day or earlier and were not re-read since. */
const PUBLISHED_BY = "2026-01-01";

const listed = (usd: number, unit: string, note?: string): Price => line(usd, unit, "price-list", note);
const published = (usd: number, unit: string, note?: string): Price => line(usd, unit, "published", note);
const estimated = (usd: number, unit: string, note: string): Price => line(usd, unit, "estimate", note);

function line(usd: number, unit: string, source: PriceSource, note?: string): Price {
  const asOf = source === "price-list" ? READ_ON : PUBLISHED_BY;
  return { usd, unit, source, asOf, ...(note ? { note } : {}) };
}

const OVER_US_EAST_1 = "us-east-1 rate x the Tokyo / us-east-1 ratio of";

/** On-demand rates of ap-northeast-1 in USD, before tax and without any free tier unless a line says so. */
export const TOKYO: PriceTable = {
  region: "ap-northeast-1",
  asOf: READ_ON,
  prices: {
    ...TOKYO_INSTANCE_PRICES,
    "api-http-request": listed(1.29e-6, "request"),
    "api-rest-request": published(4.25e-6, "request"),
    "athena-scan": listed(5, "TB scanned"),
    "budget-extra": published(0.62, "budget-month", "0.02 a day; the first two of an account are free"),
    "cloudwatch-alarm": listed(0.1, "metric-month", "standard resolution"),
    "cloudwatch-alarm-high-resolution": published(0.3, "metric-month", "period below 60 s"),
    "cloudwatch-composite-alarm": published(0.5, "alarm-month"),
    "cloudwatch-dashboard": published(3, "dashboard-month", "three dashboards of an account are free"),
    "cloudwatch-logs-ingest": listed(0.76, "GB"),
    "cloudwatch-logs-ingest-infrequent": estimated(0.38, "GB", "half of the standard class, as in us-east-1"),
    "cloudwatch-logs-storage": published(0.033, "GB-month", "billed on the compressed size"),
    "cloudwatch-metric": listed(0.3, "metric-month"),
    "data-transfer-out": listed(0.114, "GB"),
    "dynamodb-read": listed(0.1425e-6, "read unit"),
    "dynamodb-storage": published(0.285, "GB-month"),
    "dynamodb-write": listed(0.715e-6, "write unit"),
    "ecr-storage": listed(0.1, "GB-month"),
    "efs-storage": published(0.36, "GB-month", "standard class"),
    "eip-hour": published(0.005, "address-hour"),
    "eventbridge-event": published(1e-6, "event"),
    "eventbridge-schedule": published(1.25e-6, "invocation", "14 million a month are free"),
    "feature-store-read": estimated(0.285e-6, "read unit", `${OVER_US_EAST_1} DynamoDB (0.25 x 1.14)`),
    "feature-store-storage": estimated(0.513, "GB-month", `${OVER_US_EAST_1} DynamoDB (0.45 x 1.14)`),
    "feature-store-write": estimated(1.43e-6, "write unit", `${OVER_US_EAST_1} DynamoDB (1.25 x 1.144)`),
    "kms-key": listed(1, "key-month", "the first two rotations add 1 each"),
    "kms-request": listed(0.03 / 10_000, "request"),
    "lambda-compute": listed(0.0000166667, "GB-second"),
    "lambda-compute-arm": published(0.0000133334, "GB-second"),
    "lambda-provisioned": published(0.0000053835, "GB-second"),
    "lambda-request": listed(0.2e-6, "request"),
    "ml-storage": estimated(0.168, "GB-month", "EBS gp2 in Tokyo (0.12) x 1.4, the us-east-1 ratio"),
    "nat-gateway-data": listed(0.062, "GB"),
    "nat-gateway-hour": listed(0.062, "gateway-hour"),
    "s3-get": listed(0.00037, "1,000 requests"),
    "s3-put": listed(0.0047, "1,000 requests"),
    "s3-storage": listed(0.025, "GB-month", "Standard class, first 50 TB"),
    secret: listed(0.4, "secret-month"),
    "serverless-inference": estimated(
      0.0000258,
      "GB-second",
      `${OVER_US_EAST_1} EC2 m5 (0.00002 x 0.124 / 0.096)`,
    ),
    "serverless-inference-provisioned": estimated(
      0.00000833,
      "GB-second",
      "serverless-inference x Lambda's Tokyo ratio of keeping warm to computing (0.0000053835 / 0.0000166667)",
    ),
    "sns-publish": published(0.5e-6, "message"),
    "sqs-request": listed(0.4e-6, "request"),
    "ssm-advanced-parameter": published(0.05, "parameter-month"),
    "step-functions-transition": published(0.025 / 1000, "transition", "Standard workflow"),
    "vpc-interface-endpoint-data": listed(0.01, "GB"),
    "vpc-interface-endpoint-hour": listed(0.014, "endpoint-AZ-hour"),
    "waf-acl": listed(5, "ACL-month"),
    "waf-request": listed(0.6e-6, "request"),
    "waf-rule": listed(1, "rule-month"),
  },
};
