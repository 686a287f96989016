import type { StackRule, Value } from "../../../kit";
import { matchesGlob } from "../../../kit";
import { containerPaths, containersOf } from "./containers";

const MODEL = "aws:sagemaker/model:Model";
const BUCKET = "aws:s3/bucket:Bucket";

export const smModelArtifactBucket: StackRule = {
  id: "sm-model-artifact-bucket",
  title: "Model artifacts come from buckets of the platform",
  severity: "medium",
  rationale: "Whoever can write the artifact decides what the endpoint answers.",
  controls: [],
  inspects: {
    [BUCKET]: ["bucket"],
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
    const names = stack
      .ofType(BUCKET)
      .map((bucket) => bucket.at("bucket").read<string>(String(bucket.at("id").known)));
    // A bucket whose name is not known yet may be the one.
    const undecided = names.includes(undefined);
    const allowed = [...names.filter((name) => name !== undefined), ...stack.option<string[]>("buckets")];
    for (const model of stack.ofType(MODEL)) {
      for (const container of containersOf(model)) {
        checkUrl(container.at("modelDataUrl"), allowed, undecided);
        checkUrl(container.at("modelDataSource.s3DataSource.s3Uri"), allowed, undecided);
      }
    }
  },
};

function checkUrl(url: Value, allowed: readonly string[], undecided: boolean): void {
  const known = url.read<string>();
  if (known === undefined) return;
  const bucket = /^s3:\/\/([^/]+)/.exec(known)?.[1];
  if (bucket === undefined) url.fail("the artifact is not in S3");
  else if (!undecided && !allowed.some((glob) => matchesGlob(glob, bucket)))
    url.fail("the artifact is in a bucket that is not the platform's");
}
