import type { CloudAnswers } from "./plan-monitor";

/** Account that a plan without a cloud is made for: AWS's documentation account, nobody's. */
export const PLAN_ACCOUNT_ID = "123456789012";

/** The answers of an imaginary account in `region`: the same for every run, so plans can be compared as text. */
export function cloudAnswers(region: string): CloudAnswers {
  return {
    created: ({ type, name }) => ({
      id: `${name}-id`,
      computed: { arn: `arn:aws:${type.split(":")[1]?.split("/")[0]}:${region}:${PLAN_ACCOUNT_ID}:${name}` },
    }),
    invoke: (token) => {
      if (token !== "aws:index/getCallerIdentity:getCallerIdentity") return undefined;
      const arn = `arn:aws:sts::${PLAN_ACCOUNT_ID}:assumed-role/smartretail-deployer/plan`;
      return { accountId: PLAN_ACCOUNT_ID, arn, id: PLAN_ACCOUNT_ID, userId: "AROAPLAN:plan" };
    },
    expand: () => undefined,
  };
}
