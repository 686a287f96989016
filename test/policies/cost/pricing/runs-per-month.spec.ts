import assert from "node:assert/strict";
import { runsPerMonth } from "../../../../policies/cost/pricing/runs-per-month";

describe("runsPerMonth", () => {
  const cases: [string, number][] = [
    ["rate(1 hour)", 730],
    ["rate(5 minutes)", 8760],
    ["rate(7 days)", 730 / 168],
    ["cron(0 18 * * ? *)", 365 / 12],
    ["cron(0/15 9-17 ? * MON-FRI *)", (4 * 9 * 261) / 12],
    ["cron(30 2 ? * SUN *)", 52 / 12],
    ["cron(0 0 1 * ? *)", 1],
    ["cron(0 0 L * ? *)", 1],
    ["cron(0 0 ? * 2#1 *)", 1],
    ["cron(0 0 ? * 6L *)", 1],
    ["cron(0 0 1 JAN,JUL ? *)", 2 / 12],
    ["cron(0 0 31 * ? *)", 7 / 12],
    ["at(2026-12-01T00:00:00)", 0],
  ];
  for (const [expression, expected] of cases) {
    it(`counts ${expression}`, () => {
      const runs = runsPerMonth(expression);

      assert.ok(runs !== undefined && Math.abs(runs - expected) < 1e-9, `${runs} is not ${expected}`);
    });
  }

  for (const expression of [
    "",
    "hourly",
    "cron(0 18 * * ?)",
    "cron(61 18 * * ? *)",
    "cron(0 18 * FOO ? *)",
    "cron(0 18 * * ? 2027)",
    "cron(0 18 15W * ? *)",
    "rate(0.5 hours)",
  ]) {
    it(`does not guess at "${expression}"`, () => {
      assert.equal(runsPerMonth(expression), undefined);
    });
  }
});
