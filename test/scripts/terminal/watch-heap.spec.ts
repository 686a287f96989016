import assert from "node:assert/strict";
import { asClearError, UserError } from "../../../runtime/engine/files/clear-error";
import { heapFault } from "../../../scripts/terminal/watch-heap";

const MEGABYTE = 2 ** 20;

describe("heapFault", () => {
  it("names what is used, what is allowed and the cure when a heap is almost full", () => {
    const fault = heapFault(118 * MEGABYTE, 176 * MEGABYTE);

    assert.match(fault?.message ?? "", /118 of the 128 MB .*--max-old-space-size=2048/);
  });

  it("proposes more than there is when there is much", () => {
    assert.match(heapFault(8000 * MEGABYTE, 8048 * MEGABYTE)?.message ?? "", /--max-old-space-size=16000/);
  });

  it("says nothing as long as there is room", () => {
    assert.equal(heapFault(100 * MEGABYTE, 176 * MEGABYTE), undefined);
  });
});

describe("memory that the system refuses", () => {
  for (const message of [
    "Array buffer allocation failed",
    "WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance",
    "libduckdb.so: failed to map segment from shared object",
    "Worker terminated due to reaching memory limit: JS heap out of memory",
  ])
    it(`is a person's to mend: ${message}`, () => {
      const error = asClearError(new RangeError(message), "the output");

      assert.ok(error instanceof UserError);
      assert.match(error.message, /^too little memory: .*ulimit -v.*fewer stores/);
    });
});
