import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "./functions";

export const lambdaConcurrencySet: ResourceRule = {
  id: "lambda-concurrency-set",
  title: "Functions reserve their concurrency",
  severity: "medium",
  rationale: "One function in a loop takes the account's whole concurrency from all others.",
  controls: ["CKV_AWS_115", "LambdaConcurrency", "guard:lambda_concurrency_check"],
  inspects: { [FUNCTION]: ["reservedConcurrentExecutions"] },
  remedy: "Set reservedConcurrentExecutions.",
  check: (fn) =>
    fn.require<number>("reservedConcurrentExecutions", (v) => v >= 0, "the function has no limit of its own"),
};
