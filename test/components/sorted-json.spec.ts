import assert from "node:assert/strict";
import fc from "fast-check";
import { sortedJson } from "../../components/sorted-json";

describe("sortedJson", () => {
  it("gives one text whatever the order of the keys", () => {
    assert.equal(sortedJson({ b: [{ d: 1, c: 2 }], a: null }), '{"a":null,"b":[{"c":2,"d":1}]}');
  });

  it("keeps the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepEqual(JSON.parse(sortedJson(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
