import assert from "node:assert/strict";
import { letterCaseWarnings } from "../../../runtime/ingest/letter-case";

describe("letterCaseWarnings", () => {
  it("names codes that differ in capital and small letters alone", () => {
    assert.deepEqual(letterCaseWarnings(["85A", "Rye", "85a", "tea", "RYE", "Tee"], "item"), [
      "2 items stand in the files in capital and in small letters and are taken for several: 85A and 85a, Rye and RYE; write each in one way where they are the same",
    ]);
    assert.deepEqual(letterCaseWarnings(["85A", "86a", "茶"], "item"), []);
  });
});
