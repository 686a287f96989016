import type { ResourceCheck, StackRule, Value } from "../../../kit";
import { matchesGlob } from "../../../kit";
import { containerPaths, containersOf } from "./containers";

const MODEL = "aws:sagemaker/model:Model";
const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

export const smModelArtifactBucket: StackRule = {
  id: "sm-model-artifact-bucket",
  title: "Model artifacts come from buckets of the platform",
  severity: "medium",
  rationale: "Whoever can write the artifact decides what the endpoint answers.",
  anchors: [],
  guards: {
    [MODEL]: [...containerPaths("modelDataUrl"), ...containerPaths("modelDataSource.s3DataSource.s3Uri")],
  },
  remedy: "Take the artifact from a bucket of this stack, or name the bucket in the option buckets.",
  options: {
    buckets: {
      type: "array",
      items: { type: "string" },
      description: "Globs of further bucket names that may hold artifacts.",
      default: [],
    },
  },
  checkStack: (stack) => {
    const names = stack.ofType(...BUCKETS).flatMap(namesOf);
    const allowed = [...names, ...stack.option<string[]>("buckets")];
    for (const model of stack.ofType(MODEL)) {
      for (const container of containersOf(model)) {
        checkUrl(container.at("modelDataUrl"), allowed);
        checkUrl(container.at("modelDataSource.s3DataSource.s3Uri"), allowed);
      }
    }
  },
};

function namesOf(bucket: ResourceCheck): string[] {
  return [bucket.at("bucket").known, bucket.at("id").known].filter(
    (name): name is string => typeof name === "string",
  );
}

function checkUrl(url: Value, allowed: readonly string[]): void {
  const known = url.read<string>();
  if (known === undefined) return;
  const bucket = /^s3:\/\/([^/]+)/.exec(known)?.[1];
  if (bucket === undefined) url.fail("the artifact is not in S3");
  else if (!allowed.some((glob) => matchesGlob(glob, bucket)))
    url.fail("the artifact is in a bucket that is not the platform's");
}
