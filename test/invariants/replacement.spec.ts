import assert from "node:assert/strict";
import replacements from "../../preview/replacements.json";
import { kindOf } from "../../preview/plan-tree";
import type { Plan } from "../../preview/plan-environment";
import { ofKind } from "../support/environments";
import { missingInSdk } from "../policies/support/missing-in-sdk";
import { planOf } from "../support/plans";

/**
 * What holds data, and what the provider changes in it only by making another one. The engine does not replace a protected
 * resource, whichever of these is edited.
 */
const HOLDS_DATA = new Map(Object.entries(replacements.replacing));
const kindsHoldingData = new Set([...HOLDS_DATA.keys()].map(kindOf));
/** Kinds that AWS does not delete with what is in them, and so does not replace. */
const FORBIDS_ITS_DELETION: Readonly<Record<string, string>> = { Repository: "forceDelete" };
/** What makes a feature group another one: its name says the version, and these belong to the version. */
const IDENTITY = ["eventTimeFeatureName", "featureGroupName", "recordIdentifierFeatureName"];

describe("what holds data in prod", () => {
  let plan: Plan;
  before(async () => {
    plan = await planOf("prod");
  });

  for (const kind of [...kindsHoldingData].filter((kind) => !(kind in FORBIDS_ITS_DELETION))) {
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

  it("never is asked to be replaced for a description, a role, a key or a place that was edited", () => {
    const replacing = HOLDS_DATA.get("aws:sagemaker/featureGroup:FeatureGroup") ?? [];

    assert.ok(replacing.length > IDENTITY.length);
    for (const { ignoreChanges, name } of ofKind(plan, "FeatureGroup")) {
      const covers = (path: string) =>
        ignoreChanges.some((one) => path === one || path.startsWith(`${one}.`));
      assert.deepEqual(
        replacing.filter((path) => !covers(path)),
        IDENTITY,
        name,
      );
    }
  });

  it("still is changed where the provider can change it", () => {
    const replacing = HOLDS_DATA.get("aws:sagemaker/featureGroup:FeatureGroup") ?? [];

    for (const { ignoreChanges } of ofKind(plan, "FeatureGroup")) {
      const needless = ignoreChanges.filter(
        (one) => !replacing.some((path) => path === one || path.startsWith(`${one}.`)),
      );
      assert.deepEqual(needless, []);
    }
  });

  it("has properties of the program's provider in the table of replacements", () => {
    assert.deepEqual(
      [...HOLDS_DATA].flatMap(([type, paths]) => missingInSdk(type, paths)),
      [],
    );
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
      [...kinds].filter((kind) => !kindsHoldingData.has(kind)),
      [],
    );
  });
});
