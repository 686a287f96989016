import type { ResourceRule } from "../../../kit";
import { FEATURE_GROUP } from "../tokens";

const UNITS = [
  "throughputConfig.provisionedReadCapacityUnits",
  "throughputConfig.provisionedWriteCapacityUnits",
];

export const costFeatureStoreThroughput: ResourceRule = {
  id: "cost-feature-store-throughput",
  title: "Online feature groups are billed by request, in the standard tier",
  severity: "medium",
  rationale:
    "A nightly load needs a lot of throughput for half an hour; provisioned units and memory are billed all day.",
  remedy: "Use on-demand throughput and the Standard storage type, or keep the units within the limit.",
  controls: ["dynamodb_table_autoscaling_disabled"],
  inspects: { [FEATURE_GROUP]: [...UNITS, "onlineStoreConfig.storageType"] },
  options: {
    maximumUnits: {
      type: "integer",
      minimum: 0,
      description: "Most provisioned read or write units of a feature group.",
      default: 0,
    },
  },
  check: (group) => {
    const maximum = group.option<number>("maximumUnits");
    for (const path of UNITS)
      group.forbid<number>(path, (units) => units > maximum, `more than ${maximum} units are provisioned`);
    group.forbid<string>(
      "onlineStoreConfig.storageType",
      (type) => type === "InMemory",
      "the in-memory tier is billed by the GB-hour",
    );
  },
};
