import { matchesGlob, type ResourceRule } from "../../../kit";
import { LOG_GROUP } from "../tokens";

export const costLogClass: ResourceRule = {
  id: "cost-log-class",
  title: "Debug logs are of the infrequent-access class",
  severity: "low",
  rationale: "Their ingestion costs half; only alarms, subscriptions and live tail need the standard class.",
  remedy: "Set logGroupClass to INFREQUENT_ACCESS (a log group cannot change its class later).",
  controls: [],
  inspects: { [LOG_GROUP]: ["logGroupClass"] },
  options: {
    patterns: {
      type: "array",
      items: { type: "string" },
      description: "Logical names of the log groups that are for debugging; * stands for any text.",
      default: ["*debug*"],
    },
  },
  check: (group) => {
    if (!group.option<string[]>("patterns").some((pattern) => matchesGlob(pattern, group.name))) return;
    group.require<string>(
      "logGroupClass",
      (value) => value === "INFREQUENT_ACCESS",
      "a debug log group is of the standard class",
    );
  },
};
