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
    explicit: {
      type: "boolean",
      description:
        "Whether memory and time-out must be set. Lambda's own are 128 MB and 3 s, below any limit here.",
      default: true,
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
    const explicit = lambda.option<boolean>("explicit");
    for (const [path, option, unit] of [
      ["memorySize", "maximumMemoryMb", "MB"],
      ["timeout", "maximumSeconds", "s"],
      ["ephemeralStorage.size", "maximumStorageMb", "MB"],
    ] as const) {
      const maximum = lambda.option<number>(option);
      lambda.forbid<number>(path, (value) => value > maximum, `more than the limit of ${maximum} ${unit}`);
      const mustBeSet = explicit && path !== "ephemeralStorage.size";
      if (mustBeSet) lambda.present(path, "the function leaves it to the default of Lambda");
    }
  },
};
