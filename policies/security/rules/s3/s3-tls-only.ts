import type { StackRule } from "../../../kit";
import { deniesPlainHttp } from "../../open-grants";
import { BUCKET_POLICY, bucketsWith, companionPaths } from "./buckets";

export const s3TlsOnly: StackRule = {
  id: "s3-tls-only",
  title: "Every bucket rejects requests without TLS",
  severity: "high",
  rationale: "S3 answers plain HTTP too, and signed requests can then be read and replayed on the way.",
  controls: ["CKV_AWS_379", "S3.5", "S3BucketSSLRequestsOnly", "guard:s3_bucket_ssl_requests_only"],
  inspects: { ...companionPaths("BucketPolicy", []), [BUCKET_POLICY]: ["policy"] },
  remedy: "Deny s3:* to everybody when aws:SecureTransport is false.",
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, "BucketPolicy")) {
      if (companions.length === 0) bucket.fail("the bucket has no policy, so plain HTTP is answered");
      for (const policy of companions) {
        const document = policy.policy("policy");
        if (document && !deniesPlainHttp(document, "s3:GetObject"))
          policy.fail("the policy lets plain HTTP in", "policy");
      }
    }
  },
};
