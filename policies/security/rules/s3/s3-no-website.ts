import type { ResourceRule } from "../../../kit";
import { BUCKET, inlineSetting, split } from "./buckets";

export const s3NoWebsite: ResourceRule = {
  id: "s3-no-website",
  title: "No bucket is a website",
  severity: "medium",
  rationale: "A website endpoint speaks plain HTTP and needs a public bucket.",
  controls: ["S3WebBucketOAIAccess"],
  inspects: {
    [split("BucketWebsiteConfiguration")]: [],
    [BUCKET]: ["website"],
  },
  remedy: "Remove the website configuration; serve files through CloudFront if they must be public.",
  check: (resource) => {
    if (resource.type !== BUCKET) resource.fail("the bucket serves a website");
    else if (inlineSetting(resource, "website").isSet)
      inlineSetting(resource, "website").fail("the bucket serves a website");
  },
};
