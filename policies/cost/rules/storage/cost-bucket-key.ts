import type { Properties, ResourceRule } from "../../../kit";
import { BUCKET_ENCRYPTION } from "../tokens";

export const costBucketKey: ResourceRule = {
  id: "cost-bucket-key",
  title: "Buckets encrypted with KMS use a bucket key",
  severity: "low",
  rationale:
    "Without it every object read or written is a KMS request; millions of small files make that a line of its own.",
  remedy: "Set bucketKeyEnabled on the encryption rule.",
  controls: [],
  inspects: {
    [BUCKET_ENCRYPTION]: [
      "rules[*].bucketKeyEnabled",
      "rules[*].applyServerSideEncryptionByDefault.sseAlgorithm",
    ],
  },
  check: (encryption) => {
    for (const rule of encryption.at("rules").items()) {
      const algorithm = rule.at("applyServerSideEncryptionByDefault.sseAlgorithm").known;
      if (typeof algorithm === "string" && algorithm.startsWith("aws:kms"))
        rule.require<boolean>("bucketKeyEnabled", (value) => value, "every object needs its own KMS request");
    }
  },
  remediate: (properties) => {
    for (const rule of (properties.rules ?? []) as Properties[]) rule.bucketKeyEnabled = true;
  },
};
