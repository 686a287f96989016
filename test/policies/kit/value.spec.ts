import assert from "node:assert/strict";
import * as sdk from "@pulumi/policy/proxy";
import fc from "fast-check";
import { containsUnknown, isUnknown, UNKNOWN, Value } from "../../../policies/kit";

interface Seen {
  readonly failures: string[];
  readonly deferred: string[];
  readonly value: Value;
}

function reading(raw: unknown): Seen {
  const failures: string[] = [];
  const deferred: string[] = [];
  const value = new Value(raw, "", {
    fail: (message) => failures.push(message),
    defer: (path) => deferred.push(path),
  });
  return { failures, deferred, value };
}

describe("Value", () => {
  it("knows every sentinel that the SDK uses for unknown values", () => {
    const sentinels = Object.entries(sdk)
      .filter(([name]) => name.startsWith("unknown") && name.endsWith("Value"))
      .map(([, sentinel]) => sentinel as unknown);

    assert.equal(sentinels.length, 7);
    assert.ok(sentinels.every(isUnknown));
  });

  it("tells unset, unknown and known apart on nested paths", () => {
    const { value } = reading({ a: { b: [{ c: 1 }] }, later: UNKNOWN, nothing: null });

    const presence = ["a.b[0].c", "a.b[1].c", "later", "later.inside[0]", "nothing", "missing.x"].map(
      (path) => value.at(path).presence,
    );

    assert.deepEqual(presence, ["known", "unset", "unknown", "unknown", "unset", "unset"]);
  });

  it("passes presence on an unknown value and fails it on an empty one", () => {
    const { value, failures } = reading({ later: UNKNOWN, empty: [], blank: "" });

    value.present("later", "later is missing");
    value.present("empty", "the list is empty");
    value.present("blank", "the text is blank");

    assert.equal(failures.length, 2);
  });

  it("defers a needed unknown value and still finds the violation after it", () => {
    const { value, failures, deferred } = reading({ first: UNKNOWN, second: false });

    value.require<boolean>("first", (v) => v, "first is off");
    value.require<boolean>("second", (v) => v, "second is off");

    assert.deepEqual(deferred, ["first"]);
    assert.deepEqual(failures, ["second is off (second is false)"]);
  });

  it("never throws and never reports a sentinel, whatever is unknown", () => {
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.constant(UNKNOWN),
        fc.integer(),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "b"), tie("node")),
      ),
    })).node;

    fc.assert(
      fc.property(tree, fc.constantFrom("a", "a.b", "a[0].b", "b.a.b"), (raw, path) => {
        const { value, failures } = reading(raw);

        value.require(path, () => false, "rejected");
        value.at(path).items();
        value.at(path).members();

        assert.ok(failures.every((failure) => !containsUnknown(failure) && !failure.includes(UNKNOWN)));
      }),
    );
  });
});
