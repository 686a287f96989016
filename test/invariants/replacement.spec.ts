import assert from "node:assert/strict";
import { kindOf } from "../../preview/plan-tree";
import type { Plan } from "../../preview/plan-environment";
import { ofKind } from "../support/environments";
import { planOf } from "../support/plans";

/**
 * What holds data, and what the provider changes in it only by making another one (its resource schemas, ForceNew). The
 * engine does not replace a protected resource, whichever of these is edited; the names here say why none should be.
 */
const HOLDS_DATA: Readonly<Record<string, readonly string[]>> = {
  Bucket: ["bucket", "objectLockEnabled"],
  Domain: ["authMode", "domainName", "kmsKeyId", "vpcId"],
  FeatureGroup: [
    "description",
    "eventTimeFeatureName",
    "featureDefinitions",
    "featureGroupName",
    "offlineStoreConfig",
    "recordIdentifierFeatureName",
    "roleArn",
  ],
  Key: ["customerMasterKeySpec", "keyUsage", "multiRegion"],
  ModelPackageGroup: ["modelPackageGroupDescription", "modelPackageGroupName"],
};
/** Kinds that AWS does not delete with what is in them, and so does not replace. */
const FORBIDS_ITS_DELETION: Readonly<Record<string, string>> = { Repository: "forceDelete" };

describe("what holds data in prod", () => {
  let plan: Plan;
  before(async () => {
    plan = await planOf("prod");
  });

  for (const kind of Object.keys(HOLDS_DATA)) {
    it(`is protected from deletion and replacement: ${kind}`, () => {
      assert.deepEqual(
        ofKind(plan, kind)
          .filter(({ protect }) => !protect)
          .map(({ name }) => name),
        [],
      );
    });
  }

  it("is forbidden by the resource itself where it is not protected", () => {
    for (const [kind, property] of Object.entries(FORBIDS_ITS_DELETION)) {
      assert.ok(ofKind(plan, kind).every(({ inputs }) => inputs[property] === false));
    }
  });

  it("never is asked to be replaced for a description, a role or a place that was edited", () => {
    for (const { ignoreChanges } of ofKind(plan, "FeatureGroup")) {
      assert.deepEqual([...ignoreChanges].sort(), [
        "description",
        "featureDefinitions",
        "offlineStoreConfig",
        "roleArn",
      ]);
    }
  });

  it("is of no other kind that the plan has", () => {
    const stores =
      /bucket:Bucket$|table:Table$|cluster:Cluster$|fileSystem:FileSystem$|volume:Volume$|featureGroup:|:Domain$|:Key$/;
    const kinds = new Set(
      plan.recording.resources
        .filter(({ custom, type }) => custom && stores.test(type))
        .map(({ type }) => kindOf(type)),
    );

    assert.deepEqual(
      [...kinds].filter((kind) => !(kind in HOLDS_DATA)),
      [],
    );
  });
});
