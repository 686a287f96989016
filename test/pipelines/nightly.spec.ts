import assert from "node:assert/strict";
import validate from "asl-validator";
import { nightlyMachine } from "../../pipelines/nightly";
import { PLACE } from "./place-fixture";

describe("nightlyMachine", () => {
  it("is valid Amazon States Language", () => {
    const { errors } = validate(nightlyMachine(PLACE));

    assert.deepEqual(errors, []);
  });
});
