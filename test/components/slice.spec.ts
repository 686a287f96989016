import assert from "node:assert/strict";
import * as sns from "@pulumi/aws/sns";
import { Slice } from "../../components/slice";
import { listing, record } from "../support/record";

describe("Slice", () => {
  it("is the parent of what the slice makes", async () => {
    const recording = await record(() => {
      const slice = new Slice("feature-store");
      new sns.Topic("topic", {}, { parent: slice });
    });

    assert.deepEqual(listing(recording), [
      "aws:sns/topic:Topic topic",
      "smartretail:slice:FeatureStore feature-store",
    ]);
    assert.equal(recording.resources[2]?.parent, recording.resources[1]?.urn);
  });
});
