import assert from "node:assert/strict";
import {
  archiveOfVersion,
  MODEL_VERSION_PATTERN,
  modelKey,
  modelVersion,
  servedModelsPrefix,
} from "../../contracts/model-artifact";

describe("the name of a model version", () => {
  it("says the last day of the training and what the file holds", () => {
    // printf trees | sha256sum
    assert.equal(modelVersion("2026-09-27", "trees"), "20260927-29d80730");
    assert.equal(modelVersion(undefined, "trees"), "bootstrap-29d80730");
    assert.notEqual(modelVersion("2026-09-27", "other trees"), "20260927-29d80730");
  });

  it("passes its own pattern, which takes nothing that could leave the folder", () => {
    for (const name of ["20260927-f2a3107e", "bootstrap-0123abcd"]) assert.match(name, MODEL_VERSION_PATTERN);
    for (const name of ["v1", "20260927-f2a3107e.tar.gz", "../20260927-f2a3107e", "20260927-F2A3107E", ""]) {
      assert.doesNotMatch(name, MODEL_VERSION_PATTERN);
    }
  });

  it("is rejected for a day that is none", () => {
    assert.throws(() => modelVersion("yesterday", "trees"), {
      message: 'trainedTo is "yesterday"; allowed: a day such as 2026-09-27',
    });
  });
});

describe("the place of a model version", () => {
  it("is a key below the variant's prefix, and another version's key differs in the name only", () => {
    const url = `s3://models/${servedModelsPrefix("champion")}${modelKey("drinks", "20260927-f2a3107e")}`;

    assert.equal(url, "s3://models/mme/champion/drinks/20260927-f2a3107e.tar.gz");
    assert.equal(
      archiveOfVersion(url, "20261004-00000000"),
      "s3://models/mme/champion/drinks/20261004-00000000.tar.gz",
    );
  });
});
