import assert from "node:assert/strict";
import { exercise72 } from "../../../forecasting/replay/exercise-7-2";

const PRICES = {
  serverlessGbSecond: 0.0000258,
  provisionedGbSecond: 0.0000129,
  keptWarmGbSecond: 0.0000055,
  instanceHour: 0.149,
};

describe("an endpoint that is fast on average and slow at its slowest", () => {
  const { explanation, remedies, advice, objectiveMilliseconds } = exercise72(PRICES, 8000);

  it("is the case: 300 ms on average, 1,200 at the 99th percentile, 15 % cold", () => {
    assert.ok(Math.abs(explanation.mean - 300) < 15, `${explanation.mean}`);
    assert.ok(Math.abs(explanation.percentile - 1200) < 60, `${explanation.percentile}`);
    assert.ok(Math.abs(explanation.affectedShare - 0.15) < 0.015, `${explanation.affectedShare}`);
  });

  it("is slow because of loading the model, in milliseconds that add up", () => {
    const sum = explanation.shares.reduce((total, { milliseconds }) => total + milliseconds, 0);

    assert.equal(explanation.cause, "load");
    assert.ok(Math.abs(sum - explanation.percentile) < 1e-9);
    assert.ok(explanation.shares.find(({ part }) => part === "load")!.milliseconds > 700);
  });

  it("is not helped by anything but keeping a container warm", () => {
    const helping = remedies.filter(({ meetsObjective }) => meetsObjective).map(({ name }) => name);

    assert.deepEqual(helping, ["one container kept warm"]);
    assert.equal(advice!.kind, "provisioned");
    assert.equal(advice!.units, 1);
    assert.ok(remedies.at(-1)!.p99 <= objectiveMilliseconds);
  });
});
