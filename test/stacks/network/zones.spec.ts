import assert from "node:assert/strict";
import { zoneNames } from "../../../stacks/network/zones";

describe("zoneNames", () => {
  it("skips Tokyo's zone b, which new accounts do not have", () => {
    assert.deepEqual(zoneNames("ap-northeast-1", 3), [
      "ap-northeast-1a",
      "ap-northeast-1c",
      "ap-northeast-1d",
    ]);
    assert.deepEqual(zoneNames("ap-northeast-1", 2), ["ap-northeast-1a", "ap-northeast-1c"]);
  });

  it("leaves the choice to AWS where it knows no zones", () => {
    assert.equal(zoneNames("eu-west-1", 2), undefined);
  });
});
