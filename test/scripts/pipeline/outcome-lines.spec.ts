import assert from "node:assert/strict";
import { outcomeLines } from "../../../scripts/pipeline/outcome-lines";

describe("outcomeLines", () => {
  it("says of a night what was published, and where", () => {
    assert.deepEqual(outcomeLines({ forecasts: 10_500_000, results: "s3://results/nightly/2026-11-25/" }), [
      "  published: 10,500,000 store x SKU x days, s3://results/nightly/2026-11-25/",
    ]);
  });

  it("says how each category of a week ended, and why, in columns", () => {
    const categories = [
      { category: "food", outcome: "challenger" },
      { category: "daily-goods", outcome: "refused by the gate", cause: "WAPE 31.0 % is not below 30.5 %" },
    ] as const;
    assert.deepEqual(outcomeLines({ categories }), [
      "  Category     Outcome              Why",
      "  food         challenger",
      "  daily-goods  refused by the gate  WAPE 31.0 % is not below 30.5 %",
    ]);
  });

  it("says nothing of a run that somebody else has", () => {
    assert.deepEqual([outcomeLines(), outcomeLines({ runDate: "2026-11-25" })], [[], []]);
  });
});
