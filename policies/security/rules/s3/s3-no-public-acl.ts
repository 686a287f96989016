import type { ResourceRule } from "../../../kit";
import { BUCKET, split } from "./buckets";

const PUBLIC_ACLS = ["public-read", "public-read-write", "authenticated-read", "website"];
const PUBLIC_GROUPS = /groups\/global\/(AllUsers|AuthenticatedUsers)$/;

export const s3NoPublicAcl: ResourceRule = {
  id: "s3-no-public-acl",
  title: "No bucket has a public access-control list",
  severity: "critical",
  rationale: "A public ACL lets everybody, or everybody with any AWS account, list or read the objects.",
  controls: [
    "CKV_AWS_20",
    "CKV_AWS_57",
    "CKV_AWS_375",
    "CKV2_AWS_43",
    "S3.2",
    "S3.3",
    "AWS-0092",
    "S3BucketPublicReadProhibited",
    "S3BucketPublicWriteProhibited",
    "guard:s3_bucket_public_read_acl",
    "guard:s3_bucket_public_read_prohibited",
    "guard:s3_bucket_public_rw_acl",
    "guard:s3_bucket_public_write_prohibited",
  ],
  inspects: {
    [BUCKET]: ["acl", "grants[*].uri"],
    [split("BucketAcl")]: ["acl", "accessControlPolicy.grants[*].grantee.uri"],
  },
  remedy: "Remove the ACL; own the objects with BucketOwnershipControls and grant by policy.",
  check: (bucket) => {
    bucket.forbid<string>("acl", (v) => PUBLIC_ACLS.includes(v), "the ACL is public");
    for (const grant of bucket.at("grants").items())
      grant.forbid<string>("uri", (v) => PUBLIC_GROUPS.test(v), "the ACL grants to a public group");
    for (const grant of bucket.at("accessControlPolicy.grants").items()) {
      grant.forbid<string>("grantee.uri", (v) => PUBLIC_GROUPS.test(v), "the ACL grants to a public group");
    }
  },
};
