import assert from "node:assert/strict";
import fc from "fast-check";
import { globsMeet, matchesGlob } from "./glob";

describe("matchesGlob", () => {
  it("takes * for any characters, ? for one, and the rest as it stands", () => {
    assert.ok(matchesGlob("arn:aws:s3:::lake/*", "arn:aws:s3:::lake/a/b"));
    assert.ok(matchesGlob("v?.tar", "v1.tar"));
    assert.ok(!matchesGlob("v?.tar", "v10.tar"));
    assert.ok(!matchesGlob("a.c", "abc"));
    assert.ok(!matchesGlob("a*c", "abd"));
  });
});

describe("globsMeet", () => {
  it("finds a common text of two patterns, or none", () => {
    assert.ok(globsMeet("model/smartretail-*", "model/*"));
    assert.ok(globsMeet("a*c", "*b*"));
    assert.ok(!globsMeet("model/*", "model-package/*"));
    assert.ok(!globsMeet("a?", "a"));
  });

  it("meets every pattern that matches a text in that text", () => {
    const piece = fc.stringMatching(/^[ab*?]{0,6}$/);
    const text = fc.stringMatching(/^[ab]{0,6}$/);

    fc.assert(
      fc.property(piece, piece, text, (one, other, both) => {
        fc.pre(matchesGlob(one, both) && matchesGlob(other, both));
        return globsMeet(one, other);
      }),
      { maxSkipsPerRun: 10000, numRuns: 200 },
    );
  });

  it("matches a text that is no pattern exactly where it meets it", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?]{0,6}$/), fc.stringMatching(/^[ab]{0,6}$/), (pattern, plain) => {
        return globsMeet(pattern, plain) === matchesGlob(pattern, plain);
      }),
    );
  });
});
