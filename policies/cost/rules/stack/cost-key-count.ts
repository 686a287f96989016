import type { StackRule } from "../../../kit";
import { KEY } from "../tokens";

export const costKeyCount: StackRule = {
  id: "cost-key-count",
  title: "KMS keys are shared by purpose",
  severity: "low",
  rationale:
    "A key costs 1 USD a month and up to 3 with its rotations; a key per bucket adds up and protects nothing more.",
  remedy: "Use one key per purpose and tell resources apart in its policy.",
  controls: [],
  inspects: { [KEY]: [] },
  options: {
    maximum: { type: "integer", minimum: 0, description: "Most KMS keys of the stack.", default: 6 },
  },
  checkStack: (stack) => {
    const maximum = stack.option<number>("maximum");
    const keys = stack.ofType(KEY);
    for (const key of keys.slice(maximum))
      key.fail(`the stack has ${keys.length} KMS keys, ${maximum} at most are planned for`);
  },
};
