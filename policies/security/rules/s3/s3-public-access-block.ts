import type { StackRule } from "../../../kit";
import { bucketsWith, companionPaths } from "./buckets";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const s3PublicAccessBlock: StackRule = {
  id: "s3-public-access-block",
  title: "Every bucket blocks public access in all four ways",
  severity: "high",
  rationale: "One wrong policy or ACL is enough to publish a bucket; the block wins over both.",
  controls: [
    "CKV_AWS_53",
    "CKV_AWS_54",
    "CKV_AWS_55",
    "CKV_AWS_56",
    "CKV2_AWS_6",
    "S3.8",
    "AWS-0086",
    "AWS-0087",
    "AWS-0091",
    "AWS-0093",
    "AWS-0094",
    "S3BucketLevelPublicAccessProhibited",
    "guard:s3_bucket_level_public_access_prohibited",
  ],
  inspects: companionPaths("BucketPublicAccessBlock", FLAGS),
  options: {
    explicit: {
      type: "boolean",
      description:
        "Whether the program must say so. S3 blocks public access to new buckets by itself since April 2023, until somebody switches it off.",
      default: true,
    },
  },
  remedy: "Add a BucketPublicAccessBlock with all four flags true.",
  checkStack: (stack) => {
    for (const { bucket, companions } of bucketsWith(stack, "BucketPublicAccessBlock")) {
      if (companions.length === 0 && stack.option<boolean>("explicit"))
        bucket.fail("nothing blocks public access to the bucket");
      for (const block of companions) {
        const open = FLAGS.filter((flag) => block.at(flag).read<boolean>(false) === false);
        if (open.length > 0) block.fail(`the block is not complete without ${open.join(", ")}`, open[0]);
      }
    }
  },
};
