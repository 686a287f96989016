import assert from "node:assert/strict";
import { isHostingInstanceType, isJobInstanceType } from "../../components/instance-types";

describe("instance types", () => {
  it("have ml.t3 for jobs but not for hosting", () => {
    assert.equal(isJobInstanceType("ml.t3.medium"), true);
    assert.equal(isHostingInstanceType("ml.t3.medium"), false);
  });

  for (const text of ["m5.large", "ml.m5", "ml.m5.tiny", "ml.m5.large.extra", "ml.toString.large", ""]) {
    it(`are none: ${JSON.stringify(text)}`, () => {
      assert.equal(isHostingInstanceType(text), false);
      assert.equal(isJobInstanceType(text), false);
    });
  }
});
