import assert from "node:assert/strict";
import { createKeys } from "../../stacks/keys";
import { createNotifications } from "../../stacks/notifications";
import { testContext } from "../support/context";
import { find, record } from "../support/record";

describe("notifications", () => {
  it("encrypts both topics with the operations key and subscribes every address to each", async () => {
    const recording = await record(() => {
      const context = testContext("prod", { alertEmails: ["one@example.jp", "two@example.jp"] });
      createNotifications(context, { keys: createKeys(context) });
    });

    const key = find(recording, "aws:kms/key:Key", "operations-key").outputs.arn;
    const topics = recording.resources.filter(({ type }) => type === "aws:sns/topic:Topic");
    assert.deepEqual(topics.map(({ inputs }) => [inputs.name, inputs.kmsMasterKeyId]).sort(), [
      ["smartretail-prod-alerts", key],
      ["smartretail-prod-model-events", key],
    ]);
    const subscriptions = recording.resources.filter(({ type }) =>
      type.startsWith("aws:sns/topicSubscription"),
    );
    assert.equal(subscriptions.length, 4);
  });

  it("lets every publisher of a topic use the key that encrypts it", async () => {
    const recording = await record(() => {
      const context = testContext("prod");
      createNotifications(context, { keys: createKeys(context) });
    });

    const statementsOf = (type: string, name: string, property: string) => {
      const document = JSON.parse(String(find(recording, type, name).inputs[property])) as {
        Statement: { Effect: string; Principal: { Service?: string | string[] } }[];
      };
      return document.Statement.filter(({ Effect }) => Effect === "Allow");
    };
    const services = (statements: { Principal: { Service?: string | string[] } }[]) =>
      new Set(statements.flatMap(({ Principal }) => Principal.Service ?? []));
    const keyUsers = services(statementsOf("aws:kms/key:Key", "operations-key", "policy"));
    for (const topic of ["alerts", "model-events"]) {
      for (const publisher of services(
        statementsOf("aws:sns/topicPolicy:TopicPolicy", `${topic}-policy`, "policy"),
      )) {
        assert.ok(keyUsers.has(publisher), `${publisher} publishes to ${topic} but may not use its key`);
      }
    }
  });
});
