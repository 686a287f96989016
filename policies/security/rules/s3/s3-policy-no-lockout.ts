import type { ResourceRule, Statement } from "../../../kit";
import { BUCKET, BUCKET_POLICY } from "./buckets";

export const s3PolicyNoLockout: ResourceRule = {
  id: "s3-policy-no-lockout",
  title: "No bucket policy locks everybody out",
  severity: "medium",
  rationale: "A Deny of everything to everybody can only be removed by the account's root user.",
  controls: ["CKV_AWS_93"],
  inspects: { [BUCKET_POLICY]: ["policy"], [BUCKET]: ["policy"] },
  remedy: "Give the Deny a condition, or except the deployer with aws:PrincipalArn.",
  check: (policy) => {
    for (const statement of policy.policy("policy")?.statements ?? []) {
      if (locksOut(statement))
        statement.fail("denies the bucket's policy to everybody, the deployer included");
    }
  },
};

function locksOut(statement: Statement): boolean {
  const covered = statement.covers("s3:PutBucketPolicy") && statement.covers("s3:DeleteBucketPolicy");
  return statement.denies && statement.isPublic && covered && statement.parts.conditions.length === 0;
}
