import type { StackRule } from "../../../kit";
import { DISTRIBUTION } from "./distributions";

const DELIVERY_SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource";

export const cloudfrontLogging: StackRule = {
  id: "cloudfront-logging",
  title: "Distributions log their requests",
  severity: "low",
  rationale: "What the cache answers reaches no other log.",
  controls: ["CKV_AWS_86", "CloudFront.5", "AWS-0010", "CloudFrontDistributionAccessLogging"],
  inspects: { [DISTRIBUTION]: ["loggingConfig.bucket"], [DELIVERY_SOURCE]: ["resourceArn"] },
  remedy: "Set loggingConfig, or deliver the logs by a CloudWatch log delivery source.",
  checkStack: (stack) => {
    for (const distribution of stack.ofType(DISTRIBUTION))
      if (stack.referring(distribution, DELIVERY_SOURCE, "resourceArn").length === 0)
        distribution.present("loggingConfig.bucket", "requests are not logged");
  },
};
