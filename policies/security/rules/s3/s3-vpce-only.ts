import type { PolicyDocument, StackRule } from "../../../kit";
import { matchesGlob } from "../../../kit";
import { bucketsWith, companionPaths, isLogBucket, policiesOf } from "./buckets";

export const s3VpceOnly: StackRule = {
  id: "s3-vpce-only",
  title: "Data buckets are reachable through the VPC endpoint only",
  severity: "medium",
  rationale: "Stolen credentials are of no use outside the network.",
  controls: [],
  inspects: companionPaths("BucketPolicy", ["policy"], ["policy"]),
  remedy:
    "Deny data actions unless aws:SourceVpce is ours, excepting aws:ViaAWSService and the deployer's role.",
  options: {
    except: {
      type: "array",
      items: { type: "string" },
      description:
        "Globs of logical bucket names that are left alone; buckets that receive access logs always are.",
      default: [],
    },
  },
  checkStack: (stack) => {
    const except = stack.option<string[]>("except");
    for (const { bucket, companions } of bucketsWith(stack, "BucketPolicy")) {
      if (isLogBucket(stack, bucket) || except.some((glob) => matchesGlob(glob, bucket.name))) continue;
      const policies = policiesOf(bucket, companions);
      if (policies.length === 0) bucket.fail("the bucket has no policy that demands the VPC endpoint");
      for (const policy of policies) {
        const document = policy.policy("policy");
        if (document && !demandsEndpoint(document))
          policy.fail("the bucket answers from outside the VPC", "policy");
      }
    }
  },
};

function demandsEndpoint(document: PolicyDocument): boolean {
  return document.statements.some(
    (statement) =>
      statement.denies &&
      statement.isPublic &&
      statement.covers("s3:GetObject") &&
      statement
        .conditionsOn("aws:SourceVpce", "aws:SourceVpc")
        .some(({ operator }) => /^StringNot(Equals|Like)(IfExists)?$/i.test(operator)),
  );
}
