import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import { PlanMonitor } from "../../../preview/sdk/plan-monitor";
import { listing, record } from "../../support/record";
import { assertMadeFor } from "./made-for";

class Pair extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:area:Pair", name, {});
    const first = new sns.Topic(
      `${name}-first`,
      {},
      { parent: this, protect: true, ignoreChanges: ["policy"] },
    );
    new sns.TopicPolicy(`${name}-second`, { arn: first.arn, policy: "{}" }, { parent: this });
    this.registerOutputs({});
  }
}

const resourceClass = pulumi.Resource as unknown as { stackTrace: (skip: number) => object[] };

describe("record", () => {
  it("was made for the installed SDK", () => {
    assertMadeFor("@pulumi/pulumi", "preview/sdk/record.ts");
  });

  it("puts its own engine in the place of the SDK's mocks", async () => {
    let monitor: unknown;

    await record(() => {
      monitor = pulumi.runtime.getMonitor();
    });

    assert.ok(monitor instanceof PlanMonitor, "setMockOptions does not take a monitor any more");
  });

  it("leaves the process as it was: listeners, stack traces and the SDK's prototypes", async () => {
    const state = () => ({
      listeners: process.listeners("unhandledRejection"),
      stackTraceLimit: Error.stackTraceLimit,
      sourceMaps: process.sourceMapsEnabled,
      apply: (Object.getPrototypeOf(pulumi.output(0)) as { apply: unknown }).apply,
      stackTrace: resourceClass.stackTrace,
    });
    const before = state();

    await record(() => void new Pair("pair"));
    await assert.rejects(
      record(() => Promise.reject(new Error("it fails"))),
      /it fails/,
    );

    assert.deepEqual(state(), before);
  });

  it("gives the SDK the stack of a resource where it asks for one: nobody reads it", async () => {
    const stacks: unknown[] = [];

    await record(() => {
      const { stackTrace } = resourceClass;
      resourceClass.stackTrace = (skip) => {
        stacks.push(stackTrace(skip));
        return [];
      };
      new sns.Topic("topic");
    });

    assert.deepEqual(stacks, [[]], "the SDK takes stacks elsewhere now: a plan takes longer");
  });

  it("keeps parents, options and dependencies of every registration", async () => {
    const recording = await record(() => void new Pair("pair"));

    assert.deepEqual(listing(recording), [
      "aws:sns/topic:Topic pair-first",
      "aws:sns/topicPolicy:TopicPolicy pair-second",
      "test:area:Pair pair",
    ]);
    const [, component, first, second] = recording.resources;
    assert.equal(first?.urn, "urn:pulumi:dev::smartretail::test:area:Pair$aws:sns/topic:Topic::pair-first");
    assert.equal(first?.parent, component?.urn);
    assert.equal(first?.protect, true);
    assert.deepEqual(first?.ignoreChanges, ["policy"]);
    assert.deepEqual(second?.propertyDependencies, { arn: [first?.urn] });
  });

  it("leaves computed values unknown in a preview", async () => {
    const recording = await record(() => void new Pair("pair"), { preview: true });

    assert.deepEqual(recording.resources.at(-1)?.inputs.arn, { $unknown: true });
  });

  it("marks secrets and keeps none", async () => {
    const recording = await record(() => void new sns.Topic("topic", { displayName: pulumi.secret("hush") }));

    assert.deepEqual(recording.resources[1]?.inputs.displayName, { $secret: true });
  });

  it("rejects two resources of one type and name", async () => {
    const program = () => {
      new sns.Topic("topic");
      new sns.Topic("topic");
    };

    await assert.rejects(
      record(program),
      /duplicate resource: aws:sns\/topic:Topic "topic" is registered twice/,
    );
  });

  it("rejects a resource made inside apply", async () => {
    const program = () => {
      const topic = new sns.Topic("topic");
      // eslint-disable-next-line no-restricted-syntax
      topic.arn.apply(() => new s3.Bucket("hidden"));
    };

    await assert.rejects(record(program), /aws:s3\/bucket:Bucket "hidden" is made inside apply/);
  });

  it("names the input that holds a rejected promise", async () => {
    const program = () =>
      void new sns.Topic("topic", { displayName: Promise.reject(new Error("no such name")) });

    await assert.rejects(record(program), /no such name/);
  });

  it("names the input behind which an apply fails", async () => {
    const program = () => {
      const topic = new sns.Topic("first");
      const displayName = topic.arn.apply((): string => {
        throw new Error("cannot name it");
      });
      new sns.Topic("second", { displayName });
    };

    await assert.rejects(record(program), /cannot name it/);
  });

  it("rejects a provider function that nobody answers", async () => {
    const program = async () => {
      await pulumi.runtime.invoke("aws:ec2/getAmi:getAmi", {});
    };

    await assert.rejects(record(program), /nobody answers the provider function aws:ec2\/getAmi:getAmi/);
  });

  it("rejects a remote component that it cannot expand", async () => {
    class Remote extends pulumi.ComponentResource {
      constructor() {
        super("other:index:Remote", "remote", {}, {}, true);
      }
    }

    await assert.rejects(
      record(() => void new Remote()),
      /cannot expand the remote component other:index:Remote/,
    );
  });

  it("gives the program's own error when it throws", async () => {
    const program = () => {
      throw new pulumi.RunError("smartretail:owner is not set");
    };

    await assert.rejects(record(program), pulumi.RunError);
  });

  it("keeps the stack of a defect in the program", async () => {
    const program = () => {
      const missing = undefined as unknown as { name: string };
      new sns.Topic(missing.name);
    };

    await assert.rejects(
      record(program),
      (error: Error) => error instanceof TypeError && /record\.spec/.test(error.stack ?? ""),
    );
  });

  it("is usable again after a failed recording", async () => {
    await assert.rejects(
      record(() => Promise.reject(new Error("first run fails"))),
      /first run fails/,
    );

    const recording = await record(() => ({ answer: 42 }));

    assert.deepEqual(recording.outputs, { answer: 42 });
  });
});
