import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as sns from "@pulumi/aws/sns";
import { comparePlans } from "../../preview/compare-plans";
import type { Plan } from "../../preview/plan-environment";
import { countsByKind, kindOf, sliceFinder, sliceTrees } from "../../preview/plan-tree";
import { Slice } from "../../components/slice";
import { record } from "../support/record";

class Pair extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("smartretail:test:Pair", name, {}, opts);
    const topic = new sns.Topic(`${name}-topic`, {}, { parent: this });
    new sns.TopicPolicy(`${name}-policy`, { arn: topic.arn, policy: "{}" }, { parent: this });
    this.registerOutputs({});
  }
}

const program = () => {
  const alerts = new Slice("alerts");
  new Pair("first", { parent: alerts });
  new Pair("second", { parent: alerts });
  new sns.Topic("third", {}, { parent: new Slice("more") });
};

const planOf = async (stack: string, displayName: string, extra: boolean): Promise<Plan> => {
  const recording = await record(
    () => {
      const slice = new Slice("alerts");
      const name = `smartretail-${stack}-alerts`;
      new sns.Topic(
        "topic",
        { name, displayName, tags: { Environment: stack } },
        { parent: slice, protect: extra },
      );
      if (extra) new sns.Topic("extra", {}, { parent: slice });
    },
    { stack },
  );
  const config = {
    project: "smartretail",
    stack,
    secretKeys: [],
    config: { "aws:region": "x", "smartretail:title": displayName },
  };
  return { stack, region: "x", config, recording };
};

describe("sliceTrees", () => {
  it("groups siblings of one type and counts what AWS makes", async () => {
    const trees = sliceTrees(await record(program));

    assert.deepEqual(trees, [
      {
        name: "alerts",
        resourceCount: 4,
        groups: [
          {
            kind: "Pair",
            component: true,
            names: ["first", "second"],
            children: [
              { kind: "Topic", component: false, names: ["first-topic", "second-topic"], children: [] },
              {
                kind: "TopicPolicy",
                component: false,
                names: ["first-policy", "second-policy"],
                children: [],
              },
            ],
          },
        ],
      },
      {
        name: "more",
        resourceCount: 1,
        groups: [{ kind: "Topic", component: false, names: ["third"], children: [] }],
      },
    ]);
  });

  it("finds the slice of any resource, and none for the stack", async () => {
    const recording = await record(program);

    const sliceOf = sliceFinder(recording);

    const slices = recording.resources.map(({ name, urn }) => `${name}: ${sliceOf(urn) ?? "none"}`);
    assert.ok(slices.includes("second-policy: alerts"));
    assert.ok(slices.includes("third: more"));
    assert.ok(slices.includes("smartretail-dev: none"));
  });

  it("counts by kind, the most numerous first", async () => {
    assert.deepEqual(countsByKind(await record(program)), [
      ["Topic", 3],
      ["TopicPolicy", 2],
    ]);
    assert.equal(kindOf("aws:s3/bucket:Bucket"), "Bucket");
  });
});

describe("comparePlans", () => {
  it("names settings, resources and inputs that differ, not what the environment is called", async () => {
    const dev = await planOf("dev", "small", false);
    const prod = await planOf("prod", "large", true);

    assert.deepEqual(comparePlans(dev, prod), {
      settings: [{ key: "smartretail:title", values: ["small", "large"] }],
      onlyIn: [[], [{ kind: "Topic", names: ["extra"] }]],
      changed: [{ kind: "Topic", names: ["topic"], properties: ["displayName", "protect"] }],
    });
  });

  it("finds nothing between a plan and itself", async () => {
    const dev = await planOf("dev", "small", true);

    assert.deepEqual(comparePlans(dev, dev), { settings: [], onlyIn: [[], []], changed: [] });
  });
});
