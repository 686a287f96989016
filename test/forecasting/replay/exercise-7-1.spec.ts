import assert from "node:assert/strict";
import { isTaken } from "../../../forecasting/drift/action-record";
import { wapeOf } from "../../../forecasting/drift/error-sums";
import { type Exercise71, exercise71 } from "../../../forecasting/replay/exercise-7-1";

describe("a summer of new SKUs and an unplanned sale", () => {
  let exercise: Exercise71;

  before(function () {
    this.timeout(120_000);
    exercise = exercise71({ stores: 20, skus: 320, newSkus: 16, seed: 2 });
  });

  const wapes = (of: "leftAlone" | "actedOn") => exercise[of].months.map(({ all }) => wapeOf(all).value!);
  const share = (to: string, cause: string) =>
    exercise.attributions
      .find((entry) => entry.to === to)!
      .attribution.causes.find((entry) => entry.cause === cause)!;

  it("makes the error rise month by month when nobody does anything", () => {
    const [june, july, august] = wapes("leftAlone");

    assert.ok(july! > june! + 0.01, `${june} ${july}`);
    assert.ok(august! > july! + 0.03, `${july} ${august}`);
  });

  it("is attributed in numbers that add up: July to the new SKUs, August mostly to the sale", () => {
    for (const { attribution } of exercise.attributions) {
      const sum = attribution.causes.reduce((total, { change }) => total + change, 0);
      assert.ok(Math.abs(sum - attribution.decomposition.change) < 1e-12);
    }
    assert.ok(share("2026-07", "new-skus").isNamed);
    assert.ok(share("2026-07", "new-skus").share > 0.5);
    assert.ok(share("2026-08", "sale").isNamed);
    assert.ok(share("2026-08", "sale").share > 0.6);
    for (const to of ["2026-07", "2026-08"]) assert.equal(share(to, "regular").isNamed, false);
  });

  it("leads to the cold-start path and to promotion features, and to no retraining", () => {
    const taken = exercise.actedOn.records.filter(isTaken);

    const actions = new Set(taken.map(({ action }) => action));
    assert.deepEqual([...actions].sort(), ["cold-start", "promotion-features"]);
    const firstSale = taken.find(({ action }) => action === "promotion-features")!;
    assert.ok(firstSale.day > "2026-08-01", firstSale.day);
  });

  it("takes no action twice for a category within two weeks", () => {
    const taken = exercise.actedOn.records.filter(isTaken);

    for (const [i, { scope, action, day }] of taken.entries()) {
      const again = taken.slice(i + 1).find((later) => later.scope === scope && later.action === action);
      assert.ok(again === undefined || Date.parse(again.day) - Date.parse(day) >= 14 * 86_400_000);
    }
  });

  it("ends near where it began when the actions are carried out", () => {
    const [alone, acted] = [wapes("leftAlone")[2]!, wapes("actedOn")[2]!];

    assert.ok(acted < alone - 0.03, `${alone} ${acted}`);
  });

  it("says why in words of both languages", () => {
    for (const { evidence } of exercise.actedOn.records) {
      assert.match(evidence.en, /The error of \w+ rose from [\d.]+ % to [\d.]+ %/);
      const [, rise] = /, by ([\d.]+) points: /.exec(evidence.en)!;
      const parts = [...evidence.en.matchAll(/ ([+−])(\d+\.\d)/g)].map(
        ([, sign, points]) => (sign === "+" ? 1 : -1) * Number(points),
      );
      const sum = parts.reduce((total, part) => total + part, 0);
      assert.ok(Math.abs(sum - Number(rise)) < 1e-9, evidence.en);
      assert.match(evidence.ja, /[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });
});
