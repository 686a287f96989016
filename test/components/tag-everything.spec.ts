import assert from "node:assert/strict";
import * as sns from "@pulumi/aws/sns";
import { tagEverything } from "../../components/tag-everything";
import { find, record } from "../support/record";

describe("tagEverything", () => {
  it("tags what is taggable and leaves the rest alone", async () => {
    const recording = await record(() => {
      tagEverything({ Owner: "ml-platform" });
      const topic = new sns.Topic("topic");
      new sns.TopicPolicy("policy", { arn: topic.arn, policy: "{}" });
    });

    assert.deepEqual(find(recording, "aws:sns/topic:Topic").inputs.tags, { Owner: "ml-platform" });
    assert.equal("tags" in find(recording, "aws:sns/topicPolicy:TopicPolicy").inputs, false);
  });

  it("lets a resource's own tag win", async () => {
    const recording = await record(() => {
      tagEverything({ Owner: "ml-platform", Project: "smartretail" });
      new sns.Topic("topic", { tags: { Owner: "stores" } });
    });

    assert.deepEqual(find(recording, "aws:sns/topic:Topic").inputs.tags, {
      Owner: "stores",
      Project: "smartretail",
    });
  });
});
