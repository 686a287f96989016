import assert from "node:assert/strict";
import type { Plan } from "../../preview/plan-environment";
import type { RecordedResource } from "../../preview/recorded-resource";
import { ofKind, STACKS } from "../support/environments";
import { planOf } from "../support/plans";

const KEY_ARN = /^arn:aws:kms:ap-northeast-1:123456789012:key\/[0-9a-f-]{36}$/;
/** Resources for which `read` gives no ARN of a customer-managed key. */
const withoutKey = (resources: readonly RecordedResource[], read: (inputs: Inputs) => unknown) =>
  resources.filter(({ inputs }) => !KEY_ARN.test(String(read(inputs as Inputs)))).map(({ name }) => name);

// The inputs of a resource, as deep as the assertions below look.
interface Inputs {
  readonly [key: string]: unknown;
  readonly rules?: readonly {
    readonly applyServerSideEncryptionByDefault?: {
      readonly sseAlgorithm?: string;
      readonly kmsMasterKeyId?: string;
    };
    readonly bucketKeyEnabled?: boolean;
  }[];
  readonly onlineStoreConfig?: { readonly securityConfig?: { readonly kmsKeyId?: string } };
  readonly offlineStoreConfig?: { readonly s3StorageConfig?: { readonly kmsKeyId?: string } };
  readonly encryptionConfigurations?: readonly {
    readonly encryptionType?: string;
    readonly kmsKey?: string;
  }[];
}

for (const stack of STACKS) {
  describe(`data of ${stack}`, () => {
    let plan: Plan;
    before(async () => {
      plan = await planOf(stack);
    });

    it("is encrypted with a customer-managed key in every bucket but the log bucket, which takes S3's own", () => {
      const rules = ofKind(plan, "BucketServerSideEncryptionConfiguration").map(({ name, inputs }) => {
        const [rule] = (inputs as Inputs).rules ?? [];
        return { name, rule, byDefault: rule?.applyServerSideEncryptionByDefault };
      });

      assert.equal(rules.length, ofKind(plan, "Bucket").length);
      for (const { name, rule, byDefault } of rules) {
        if (name.startsWith("access-logs")) {
          // S3 delivers access logs to buckets with S3-managed keys only.
          assert.equal(byDefault?.sseAlgorithm, "AES256", name);
        } else {
          assert.equal(byDefault?.sseAlgorithm, "aws:kms", name);
          assert.match(byDefault?.kmsMasterKeyId ?? "", KEY_ARN, name);
          assert.equal(rule?.bucketKeyEnabled, true, name);
        }
      }
    });

    it("is encrypted with a customer-managed key in every other store", () => {
      assert.deepEqual(
        withoutKey(ofKind(plan, "Topic"), ({ kmsMasterKeyId }) => kmsMasterKeyId),
        [],
      );
      assert.deepEqual(
        withoutKey(ofKind(plan, "LogGroup"), ({ kmsKeyId }) => kmsKeyId),
        [],
      );
      assert.deepEqual(
        withoutKey(ofKind(plan, "Domain"), ({ kmsKeyId }) => kmsKeyId),
        [],
      );
      assert.deepEqual(
        withoutKey(ofKind(plan, "BucketObjectv2"), ({ kmsKeyId }) => kmsKeyId),
        [],
      );
      const groups = ofKind(plan, "FeatureGroup");
      assert.deepEqual(
        withoutKey(groups, ({ onlineStoreConfig }) => onlineStoreConfig?.securityConfig?.kmsKeyId),
        [],
      );
      assert.deepEqual(
        withoutKey(groups, ({ offlineStoreConfig }) => offlineStoreConfig?.s3StorageConfig?.kmsKeyId),
        [],
      );
      const repositories = ofKind(plan, "Repository");
      assert.deepEqual(
        withoutKey(repositories, ({ encryptionConfigurations }) => encryptionConfigurations?.[0]?.kmsKey),
        [],
      );
    });

    it("is versioned, and never public, in every bucket", () => {
      const blocks = ofKind(plan, "BucketPublicAccessBlock");
      const buckets = ofKind(plan, "Bucket");

      assert.equal(blocks.length, buckets.length);
      assert.equal(ofKind(plan, "BucketVersioning").length, buckets.length);
      for (const { name, inputs } of blocks) {
        const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } = inputs;
        const all = [blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets];
        assert.deepEqual(all, [true, true, true, true], name);
      }
      for (const { name, inputs } of ofKind(plan, "BucketOwnershipControls")) {
        assert.deepEqual(inputs.rule, { objectOwnership: "BucketOwnerEnforced" }, name);
      }
    });

    it("is under keys that rotate and cannot go within a week", () => {
      for (const { name, inputs } of ofKind(plan, "Key")) {
        assert.equal(inputs.enableKeyRotation, true, name);
        assert.ok(Number(inputs.deletionWindowInDays) >= 7, name);
      }
    });

    it("is kept from deletion where the environment says so", () => {
      const stores = [...ofKind(plan, "Bucket"), ...ofKind(plan, "Key"), ...ofKind(plan, "FeatureGroup")];

      const needed = plan.config.config["smartretail:protectData"] === "true";
      assert.deepEqual(
        stores.filter(({ protect }) => protect !== needed).map(({ name }) => name),
        [],
      );
    });

    it("holds no secret in clear text: nothing that looks like a credential is registered", () => {
      const text = JSON.stringify(plan.recording.resources.map(({ inputs }) => inputs));

      assert.doesNotMatch(
        text,
        /AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|"(password|secretString)":"/i,
      );
    });
  });
}
