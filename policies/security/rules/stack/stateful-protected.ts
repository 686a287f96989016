import type { ResourceRule } from "../../../kit";

export const statefulProtected: ResourceRule = {
  id: "stateful-protected",
  title: "Resources that hold data cannot be deleted by a plan",
  severity: "high",
  rationale:
    "A renamed bucket, key or table is a deletion and a creation; protect makes the engine reject it.",
  controls: [],
  inspects: {
    "aws:s3/bucket:Bucket": ["opts.protect"],
    "aws:kms/key:Key": ["opts.protect"],
    "aws:dynamodb/table:Table": ["opts.protect"],
    "aws:sagemaker/domain:Domain": ["opts.protect"],
  },
  remedy: "Create the resource with protect: true.",
  check: (resource) => {
    if (!resource.resourceOptions.protect)
      resource.fail("a changed name would delete the data (protect is off)", "opts.protect");
  },
};
