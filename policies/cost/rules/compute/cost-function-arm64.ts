import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "../tokens";

export const costFunctionArm64: ResourceRule = {
  id: "cost-function-arm64",
  title: "Functions run on Graviton",
  severity: "low",
  rationale: "The same memory costs a fifth less on arm64, and Node.js code runs there unchanged.",
  remedy: 'Set architectures to ["arm64"].',
  controls: ["lambda_function_with_graviton"],
  inspects: { [FUNCTION]: ["architectures"] },
  check: (lambda) => {
    const architectures = lambda.at("architectures");
    if (architectures.presence === "unset") return architectures.fail("the function runs on x86_64");
    if (architectures.presence === "unknown") return lambda.defer("architectures");
    const names = architectures.items().map((item) => item.read<string>());
    if (names.every((name) => name !== undefined) && !names.includes("arm64"))
      architectures.fail("the function does not run on arm64");
  },
};
