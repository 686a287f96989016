import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { isInsideApply, markApply, outsideApply } from "../../../preview/sdk/mark-apply";
import { valueOf } from "../../support/value-of";
import { assertMadeFor } from "./made-for";

const prototypeOf = (output: unknown) => Object.getPrototypeOf(output) as object;

describe("markApply", () => {
  it("was made for the installed SDK", () => {
    assertMadeFor("@pulumi/pulumi", "preview/sdk/mark-apply.ts");
  });

  it("finds one apply that all outputs inherit", () => {
    const prototype = prototypeOf(pulumi.output(0));

    assert.deepEqual(Object.getOwnPropertyNames(prototype).sort(), ["apply", "constructor", "get"]);
    for (const other of [pulumi.all([1, 2]), pulumi.secret(1), pulumi.interpolate`${1}`])
      assert.equal(prototypeOf(other), prototype, "an output with a prototype of its own");
  });

  it("marks the callbacks of every kind of output until it is stopped", async () => {
    const stop = markApply();
    const outputs: pulumi.Output<unknown>[] = [
      pulumi.output(0),
      pulumi.all([1]),
      pulumi.secret(1),
      pulumi.interpolate`${1}`,
    ];
    const marked = outputs.map((output) => valueOf(output.apply(() => isInsideApply())));
    const outside = await valueOf(pulumi.output(0).apply(() => outsideApply(isInsideApply)));
    const seen = await Promise.all(marked);
    stop();
    const after = await valueOf(pulumi.output(0).apply(() => isInsideApply()));

    assert.deepEqual(seen, [true, true, true, true]);
    assert.deepEqual([outside, after, isInsideApply()], [false, false, false]);
  });
});
