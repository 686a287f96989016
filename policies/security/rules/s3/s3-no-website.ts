import type { ResourceRule } from "../../../kit";
import { BUCKET, split } from "./buckets";

export const s3NoWebsite: ResourceRule = {
  id: "s3-no-website",
  title: "No bucket is a website",
  severity: "medium",
  rationale: "A website endpoint speaks plain HTTP and needs a public bucket.",
  controls: ["S3WebBucketOAIAccess"],
  inspects: {
    ...Object.fromEntries(split("BucketWebsiteConfiguration").map((type) => [type, []])),
    [BUCKET]: ["website"],
  },
  remedy: "Remove the website configuration; serve files through CloudFront if they must be public.",
  check: (resource) => {
    if (resource.type !== BUCKET) resource.fail("the bucket serves a website");
    else if (resource.at("website").isSet) resource.at("website").fail("the bucket serves a website");
  },
};
