import assert from "node:assert/strict";
import { hasLocalStorage } from "../../components/local-storage";

describe("hasLocalStorage", () => {
  it("knows the families whose disks the hardware encrypts", () => {
    assert.equal(hasLocalStorage("ml.m5d.large"), true);
    assert.equal(hasLocalStorage("ml.g5.xlarge"), true);
    assert.equal(hasLocalStorage("ml.m5.large"), false);
    assert.equal(hasLocalStorage("ml.c7i.large"), false);
  });
});
