import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "./functions";

export const lambdaRuntimeSupported: ResourceRule = {
  id: "lambda-runtime-supported",
  title: "Functions run on runtimes that still get updates",
  severity: "medium",
  rationale: "AWS stops patching a runtime, then rejects updates of the functions on it.",
  controls: ["CKV_AWS_363", "Lambda.2", "LambdaLatestVersion"],
  inspects: { [FUNCTION]: ["runtime", "packageType"] },
  remedy: "Move to a supported runtime.",
  options: {
    runtimes: {
      type: "array",
      items: { type: "string" },
      description: "Runtimes with updates for another year from November 2026.",
      default: [
        "nodejs22.x",
        "nodejs24.x",
        "python3.12",
        "python3.13",
        "python3.14",
        "java21",
        "java25",
        "dotnet10",
        "ruby3.4",
        "provided.al2023",
      ],
    },
  },
  check: (fn) => {
    if (fn.at("packageType").read<string>("Zip") === "Image") return;
    const supported = fn.option<string[]>("runtimes");
    fn.require<string>("runtime", (v) => supported.includes(v), "the runtime is not supported long enough");
  },
};
