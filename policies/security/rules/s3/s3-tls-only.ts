import type { StackRule } from "../../../kit";
import { requireTls } from "../../open-grants";
import { bucketsWith, companionPaths, policiesOf } from "./buckets";

export const s3TlsOnly: StackRule = {
  id: "s3-tls-only",
  title: "Every bucket rejects requests without TLS",
  severity: "high",
  rationale: "S3 answers plain HTTP too, and signed requests can then be read and replayed on the way.",
  controls: ["CKV_AWS_379", "S3.5", "S3BucketSSLRequestsOnly", "guard:s3_bucket_ssl_requests_only"],
  inspects: companionPaths("BucketPolicy", ["policy"], ["policy"]),
  remedy: "Deny s3:* to everybody when aws:SecureTransport is false.",
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, "BucketPolicy")) {
      requireTls(bucket, policiesOf(bucket, companions), "bucket", "s3:GetObject");
    }
  },
};
