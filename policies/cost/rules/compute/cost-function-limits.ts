import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "../tokens";

export const costFunctionLimits: ResourceRule = {
  id: "cost-function-limits",
  title: "Functions name their memory and time-out, within the environment's limits",
  severity: "medium",
  rationale:
    "Memory times duration is the price of a function; a time-out of 15 minutes is what a hanging call costs.",
  remedy: "Set memorySize, timeout and ephemeralStorage.size to what the function needs.",
  controls: ["lambda_function_excessive_timeout", "AWS Lambda Functions with Excessive Timeouts"],
  inspects: { [FUNCTION]: ["memorySize", "timeout", "ephemeralStorage.size"] },
  options: {
    maximumMemoryMb: {
      type: "integer",
      minimum: 128,
      maximum: 10240,
      description: "Most memory of a function in MB.",
      default: 1024,
    },
    maximumSeconds: {
      type: "integer",
      minimum: 1,
      maximum: 900,
      description: "Longest time-out of a function in seconds.",
      default: 300,
    },
    maximumStorageMb: {
      type: "integer",
      minimum: 512,
      maximum: 10240,
      description: "Most ephemeral storage of a function in MB; 512 are free.",
      default: 512,
    },
  },
  check: (lambda) => {
    const memory = lambda.option<number>("maximumMemoryMb");
    const seconds = lambda.option<number>("maximumSeconds");
    const storage = lambda.option<number>("maximumStorageMb");
    lambda.require<number>("memorySize", (size) => size <= memory, `functions get ${memory} MB at most`);
    lambda.require<number>("timeout", (value) => value <= seconds, `functions run for ${seconds} s at most`);
    lambda.forbid<number>(
      "ephemeralStorage.size",
      (size) => size > storage,
      `functions get ${storage} MB of storage at most`,
    );
  },
};
