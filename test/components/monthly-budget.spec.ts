import assert from "node:assert/strict";
import { MonthlyBudget } from "../../components/monthly-budget";
import { find, listing, record } from "../support/record";

const ARGS = {
  budgetName: "smartretail-dev-monthly",
  limitUsd: 150,
  alertPercents: [50, 100],
  topicArn: "arn:aws:sns:ap-northeast-1:123456789012:smartretail-dev-alerts",
  emails: ["ml-platform@example.jp"],
} as const;

describe("MonthlyBudget", () => {
  it("limits the month's cost of everything in the account, tagged or not", async () => {
    const recording = await record(() => void new MonthlyBudget("budget", ARGS));

    assert.deepEqual(listing(recording), [
      "aws:budgets/budget:Budget budget-limit",
      "smartretail:operations:MonthlyBudget budget",
    ]);
    const { inputs } = find(recording, "aws:budgets/budget:Budget");
    assert.equal(inputs.limitAmount, "150.0");
    assert.equal(inputs.timeUnit, "MONTHLY");
    assert.deepEqual([inputs.costFilters, inputs.filterExpression], [undefined, undefined]);
  });

  it("alerts at every share of actual cost and when the forecast passes the limit", async () => {
    const recording = await record(() => void new MonthlyBudget("budget", ARGS));

    const notifications = find(recording, "aws:budgets/budget:Budget").inputs.notifications as Record<
      string,
      unknown
    >[];
    assert.deepEqual(
      notifications.map(({ notificationType, threshold }) => [notificationType, threshold]),
      [
        ["ACTUAL", 50],
        ["ACTUAL", 100],
        ["FORECASTED", 100],
      ],
    );
    for (const notification of notifications) {
      assert.deepEqual(notification.subscriberSnsTopicArns, [ARGS.topicArn]);
      assert.deepEqual(notification.subscriberEmailAddresses, ["ml-platform@example.jp"]);
    }
  });

  it("rejects more alerts than AWS Budgets takes", async () => {
    const program = () => void new MonthlyBudget("budget", { ...ARGS, alertPercents: [10, 20, 30, 40, 50] });

    await assert.rejects(
      record(program),
      /^Error: alertPercents of budget "smartretail-dev-monthly" has 5 values; allowed: at most 4 beside the forecast's$/,
    );
  });
});
