import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";
import { bucketsWith, companionPaths, isLogBucket } from "./buckets";

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
  inspects: companionPaths(NAME, [`rules[*].${DEFAULT}.sseAlgorithm`, `rules[*].${DEFAULT}.kmsMasterKeyId`]),
  remedy: 'Add a BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms" and kmsMasterKeyId.',
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, NAME)) checkBucket(stack, bucket, companions);
  },
};

/** S3 delivers access logs only into buckets that it can encrypt for: SSE-S3 is right for those. */
function checkBucket(stack: StackCheck, bucket: ResourceCheck, companions: readonly ResourceCheck[]): void {
  if (companions.length === 0) bucket.fail("no default encryption is configured for the bucket");
  const logs = isLogBucket(stack, bucket);
  for (const configuration of companions) {
    configuration.present("rules", "the configuration has no rule");
    for (const rule of configuration.at("rules").items()) {
      const algorithm = rule.at(`${DEFAULT}.sseAlgorithm`).read<string>();
      if (logs && algorithm === "AES256") continue;
      rule.require<string>(
        `${DEFAULT}.sseAlgorithm`,
        (v) => v.startsWith("aws:kms"),
        "objects are not encrypted with KMS",
      );
      rule.present(`${DEFAULT}.kmsMasterKeyId`, "objects are encrypted with a key of AWS");
    }
  }
}
