import * as pulumi from "@pulumi/pulumi";
import * as budgets from "@pulumi/aws/budgets";

interface MonthlyBudgetArgs {
  /** Physical name, at most 100 characters. */
  readonly budgetName: string;
  readonly limitUsd: number;
  /** Shares of the limit, in percent, at which actual cost alerts. The forecast alerts at 100 % besides. */
  readonly alertPercents: readonly number[];
  /** Topic that gets every alert; its policy lets budgets.amazonaws.com publish, and is there before the budget is. */
  readonly topicArn: pulumi.Input<string>;
  /** At most 10 addresses an alert. */
  readonly emails: readonly string[];
}

/** AWS Budgets takes at most five notifications; one is kept for the forecast. */
const ACTUAL_ALERTS_MAX = 4;

/**
 * What an account may cost in a month, and who hears of it when it is about to cost more.
 *
 * It counts everything: a filter by tag reads zero until the payer activates the tag, and never sees what has none.
 */
export class MonthlyBudget extends pulumi.ComponentResource {
  /** @throws Error when there are more alerts than AWS Budgets takes */
  constructor(name: string, args: MonthlyBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:operations:MonthlyBudget", name, args, opts);
    if (args.alertPercents.length > ACTUAL_ALERTS_MAX) {
      throw new Error(
        `alertPercents of budget "${args.budgetName}" has ${args.alertPercents.length} values; allowed: at most ${ACTUAL_ALERTS_MAX} beside the forecast's`,
      );
    }
    new budgets.Budget(
      `${name}-limit`,
      {
        name: args.budgetName,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: args.limitUsd.toFixed(1),
        limitUnit: "USD",
        notifications: [
          ...args.alertPercents.map((percent) => alert("ACTUAL", percent, args)),
          alert("FORECASTED", 100, args),
        ],
      },
      // The engine does not hand a component's dependencies on to what is in it.
      { parent: this, dependsOn: opts?.dependsOn },
    );
    this.registerOutputs({});
  }
}

function alert(
  notificationType: "ACTUAL" | "FORECASTED",
  percent: number,
  { topicArn, emails }: MonthlyBudgetArgs,
) {
  return {
    comparisonOperator: "GREATER_THAN",
    notificationType,
    threshold: percent,
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: [...emails],
    subscriberSnsTopicArns: [topicArn],
  };
}
