import assert from "node:assert/strict";
import { evaluate } from "../../../asl/interpreter/expressions";
import type { StateError } from "../../../asl/interpreter/state-error";

const sources = { now: () => Date.parse("2026-11-25T17:00:00Z"), random: () => 0.25 };
const valueOf = (expression: string) =>
  evaluate(`{% ${expression} %}`, { states: { input: { chunkSize: 2 } }, variables: {} }, sources);

// https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
describe("functions of the states language", () => {
  it("answers the guide's examples", async () => {
    assert.deepEqual(await valueOf("$partition([1,2,3,4], $states.input.chunkSize)"), [
      [1, 2],
      [3, 4],
    ]);
    assert.deepEqual(await valueOf("$range(0, 10, 2)"), [0, 2, 4, 6, 8, 10]);
    assert.deepEqual(await valueOf("$range(3, 1, -1)"), [3, 2, 1]);
    assert.deepEqual(await valueOf('$parse(\'{"foo": "bar"}\')'), { foo: "bar" });
  });

  it("hashes as published test vectors say", async () => {
    // FIPS 180-2, appendices: "abc".
    assert.equal(await valueOf("$hash('abc', 'SHA-1')"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert.equal(
      await valueOf("$hash('abc', 'SHA-256')"),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it("takes time and chance from the run", async () => {
    assert.equal(await valueOf("$now()"), "2026-11-25T17:00:00.000Z");
    assert.equal(await valueOf("$now('[Y0001]-[M01]-[D01]', '+0900')"), "2026-11-26");
    assert.equal(await valueOf("$millis()"), sources.now());
    assert.equal(await valueOf("$random()"), 0.25);
    assert.equal(await valueOf("$random(7) = $random(7)"), true);
    assert.match(
      String(await valueOf("$uuid()")),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("rejects an algorithm, a size and a range that are not allowed", async () => {
    for (const [expression, cause] of [
      ["$hash('a', 'SHA-3')", /\$hash by "SHA-3"/],
      ["$partition([1], 0)", /\$partition by 0/],
      ["$range(0, 1000, 1)", /up to 1000 values/],
    ] as const) {
      await assert.rejects(valueOf(expression), (error: StateError) => {
        assert.equal(error.error, "States.QueryEvaluationError");
        assert.match(error.errorCause, cause);
        return true;
      });
    }
  });
});
