import type { StackRule } from "../../../kit";
import { bucketsWith, companionPaths } from "./buckets";

export const s3AclsDisabled: StackRule = {
  id: "s3-acls-disabled",
  title: "Access-control lists are disabled on every bucket",
  severity: "medium",
  rationale:
    "With ACLs an object can belong to, and be opened by, whoever uploaded it, past the bucket's policy.",
  controls: ["CKV2_AWS_65", "S3.12"],
  inspects: companionPaths("BucketOwnershipControls", ["rule.objectOwnership"]),
  options: {
    explicit: {
      type: "boolean",
      description:
        "Whether the program must say so. S3 disables ACLs of new buckets by itself since April 2023.",
      default: true,
    },
  },
  remedy: 'Add BucketOwnershipControls with objectOwnership "BucketOwnerEnforced".',
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, "BucketOwnershipControls")) {
      if (companions.length === 0 && stack.option<boolean>("explicit"))
        bucket.fail("the bucket's object ownership is not managed");
      for (const controls of companions) {
        controls.require<string>(
          "rule.objectOwnership",
          (v) => v === "BucketOwnerEnforced",
          "ACLs are in force",
        );
      }
    }
  },
};
