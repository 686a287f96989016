import assert from "node:assert/strict";
import fc from "fast-check";
import { physicalName } from "../../components/physical-name";

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);

describe("physicalName", () => {
  it("joins the parts with hyphens", () => {
    assert.equal(physicalName(64, "smartretail-prod", "training"), "smartretail-prod-training");
  });

  it("rejects a name that is too long, and says by how much", () => {
    assert.throws(
      () => physicalName(10, "smartretail-prod"),
      /^Error: name "smartretail-prod" has 16 characters; at most 10 are allowed$/,
    );
  });

  for (const parts of [["Prod"], ["a_b"], [""], ["a-", "b"], ["a", ""]]) {
    it(`rejects the characters of ${JSON.stringify(parts)}`, () => {
      assert.throws(
        () => physicalName(64, ...parts),
        /allowed are lower-case letters, digits and single hyphens/,
      );
    });
  }

  it("never cuts: a name that it gives is exactly its parts", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (parts) => {
        assert.equal(physicalName(63, ...parts), parts.join("-"));
      }),
    );
  });
});
