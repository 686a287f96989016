import type { ResourceRule } from "../../../kit";
import { split } from "./buckets";

export const s3BucketKey: ResourceRule = {
  id: "s3-bucket-key",
  title: "Buckets with KMS encryption use a bucket key",
  severity: "medium",
  rationale: "Without it every object costs a call to KMS: millions a night, throttled and billed.",
  controls: [],
  inspects: {
    [split("BucketServerSideEncryptionConfiguration")]: [
      "rules[*].bucketKeyEnabled",
      "rules[*].applyServerSideEncryptionByDefault.sseAlgorithm",
    ],
  },
  remedy: "Set bucketKeyEnabled to true in the rule.",
  check: (configuration) => {
    for (const rule of configuration.at("rules").items()) {
      if (rule.at("applyServerSideEncryptionByDefault.sseAlgorithm").read<string>() !== "aws:kms") continue;
      rule.require<boolean>("bucketKeyEnabled", (v) => v, "every object costs a call to KMS");
    }
  },
  remediate: (properties) => {
    for (const rule of (properties.rules ?? []) as Record<string, unknown>[]) rule.bucketKeyEnabled = true;
  },
};
