import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LAKE_FEATURE_NAMES } from "../../../contracts/model-input";
import { KEY_COLUMNS, featureIndex } from "../../../forecasting/features/feature-list";

const FOLDER = join(__dirname, "../../../forecasting/features");

describe("the feature list", () => {
  it("is the select list of features.sql, in order", () => {
    const sql = readFileSync(join(FOLDER, "features.sql"), "utf8").replace(/--.*$/gm, "");
    const selected = sql
      .slice(sql.indexOf("SELECT") + "SELECT".length, sql.indexOf("FROM"))
      .split(",")
      .map((term) => term.trim().replace(/^\w+\./, ""));

    assert.deepEqual(selected, [...KEY_COLUMNS.map(({ name }) => name), ...LAKE_FEATURE_NAMES]);
  });

  it("names each feature once and knows its place", () => {
    assert.equal(new Set(LAKE_FEATURE_NAMES).size, LAKE_FEATURE_NAMES.length);
    assert.equal(LAKE_FEATURE_NAMES[featureIndex("lag_7")], "lag_7");
    assert.throws(() => featureIndex("lag_1"), /"lag_1" is not a feature/);
  });

  it("has a grain and a leak rule in the head of every definition", () => {
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".sql"))) {
      const head = readFileSync(join(FOLDER, file), "utf8").slice(0, 700);
      assert.match(head, /^-- Grain: /m, file);
      assert.match(head, /^-- Leak rule: /m, file);
    }
  });
});
