import assert from "node:assert/strict";
import { negativeBinomialTable } from "../../../forecasting/generator/negative-binomial";
import { mix, mixAll, randomFor, toUnit } from "../../../forecasting/generator/random";

describe("negativeBinomialTable", () => {
  const table = negativeBinomialTable(8);

  it("draws with the mean m and the variance m + m²/8", () => {
    for (const mean of [0.3, 1.31, 5.03, 30]) {
      const draws = Array.from({ length: 200_000 }, (_, i) =>
        table.draw(Math.log(mean), mix(mixAll(i, 3)), toUnit(mixAll(i, 4))),
      );
      const average = draws.reduce((sum, units) => sum + units, 0) / draws.length;
      const variance = draws.reduce((sum, units) => sum + (units - average) ** 2, 0) / draws.length;
      const expected = mean + mean ** 2 / 8;

      assert.ok(
        Math.abs(average - mean) < 4 * Math.sqrt(expected / draws.length),
        `mean ${average} of ${mean}`,
      );
      assert.ok(Math.abs(variance / expected - 1) < 0.03, `variance ${variance} of ${expected}`);
    }
  });

  it("grows with the random number and never fails at its ends", () => {
    const at = (bits: number) => table.draw(Math.log(4), bits, 0);
    const draws = Array.from({ length: 1000 }, (_, i) => at(Math.floor((i / 1000) * 2 ** 32)));

    assert.deepEqual(
      draws,
      [...draws].sort((a, b) => a - b),
    );
    assert.equal(at(0), 0);
    assert.ok(at(-1) > 20);
    assert.equal(table.draw(-50, 0x7fffffff, 0.5), 0);
    assert.ok(table.draw(50, 0x7fffffff, 0.5) > 300);
  });
});

describe("randomFor", () => {
  it("repeats a topic's stream and gives other topics and seeds their own", () => {
    const draw = (seed: number, topic: string) => {
      const random = randomFor(seed, topic);
      return Array.from({ length: 5 }, () => random.uniform());
    };

    assert.deepEqual(draw(1, "stores"), draw(1, "stores"));
    assert.notDeepEqual(draw(1, "stores"), draw(1, "products"));
    assert.notDeepEqual(draw(1, "stores"), draw(2, "stores"));
  });

  it("is uniform and normal enough", () => {
    const random = randomFor(5, "moments");
    const uniform = Array.from({ length: 50_000 }, () => random.uniform());
    const normal = Array.from({ length: 50_000 }, () => random.normal());
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

    assert.ok(Math.abs(mean(uniform) - 0.5) < 0.006);
    assert.ok(Math.abs(mean(normal)) < 0.02);
    assert.ok(Math.abs(mean(normal.map((value) => value ** 2)) - 1) < 0.03);
    assert.ok(uniform.every((value) => value >= 0 && value < 1));
  });
});
