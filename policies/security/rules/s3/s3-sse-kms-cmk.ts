import type { ResourceCheck, StackCheck, StackRule, Value } from "../../../kit";
import { bucketsWith, companionPaths, inlineSetting, isLogBucket } from "./buckets";

const NAME = "BucketServerSideEncryptionConfiguration";
const DEFAULT = "applyServerSideEncryptionByDefault";

export const s3SseKmsCmk: StackRule = {
  id: "s3-sse-kms-cmk",
  title: "Every bucket encrypts with a customer-managed key by default",
  severity: "high",
  rationale:
    "S3's own key encrypts for everybody who may read; a key of ours is a second, revocable permission.",
  controls: [
    "CKV_AWS_19",
    "CKV_AWS_145",
    "S3.17",
    "AWS-0132",
    "AWS-0088",
    "S3BucketServerSideEncryptionEnabled",
    "S3DefaultEncryptionKMS",
    "guard:s3_bucket_server_side_encryption_enabled",
    "guard:s3_default_encryption_kms",
  ],
  inspects: companionPaths(
    NAME,
    [`rules[*].${DEFAULT}.sseAlgorithm`, `rules[*].${DEFAULT}.kmsMasterKeyId`],
    ["serverSideEncryptionConfiguration"],
  ),
  remedy: 'Add a BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms" and kmsMasterKeyId.',
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, NAME)) checkBucket(stack, bucket, companions);
  },
};

function checkBucket(stack: StackCheck, bucket: ResourceCheck, companions: readonly ResourceCheck[]): void {
  const logs = isLogBucket(stack, bucket);
  const inline = inlineSetting(bucket, "serverSideEncryptionConfiguration");
  if (inline.isSet) requireKey(inline.at(inline.at("rule").isSet ? "rule" : "rules[0]"), logs);
  // Since January 2023 S3 encrypts every new object with a key of its own.
  else if (companions.length === 0)
    bucket.fail("objects are encrypted with S3's own key, not with one of ours");
  for (const configuration of companions) {
    configuration.present("rules", "the configuration has no rule");
    for (const rule of configuration.at("rules").items()) requireKey(rule, logs);
  }
}

/** S3 delivers access logs only into buckets that it can encrypt for: SSE-S3 is right for those. */
function requireKey(rule: Value, logs: boolean): void {
  const algorithm = rule.at(`${DEFAULT}.sseAlgorithm`).read<string>();
  if (logs && algorithm === "AES256") return;
  rule.require<string>(
    `${DEFAULT}.sseAlgorithm`,
    (v) => v.startsWith("aws:kms"),
    "objects are not encrypted with KMS",
  );
  rule.present(`${DEFAULT}.kmsMasterKeyId`, "objects are encrypted with a key of AWS");
}
