import type { ResourceRule } from "../../../kit";
import { FEATURE_GROUP } from "../tokens";

const ENABLED = "onlineStoreConfig.enableOnlineStore";
const TTL = "onlineStoreConfig.ttlDuration";

export const costFeatureStoreTtl: ResourceRule = {
  id: "cost-feature-store-ttl",
  title: "Records of an online store expire",
  severity: "medium",
  rationale:
    "Online storage costs twenty times S3; a store that closed in spring need not be in it for ever.",
  remedy: "Set onlineStoreConfig.ttlDuration; the offline store keeps the history.",
  controls: ["dynamodb_table_stale_data"],
  inspects: { [FEATURE_GROUP]: [ENABLED, TTL] },
  check: (group) => {
    if (group.at(ENABLED).known === true) group.present(TTL, "records of the online store never expire");
    else if (group.at(ENABLED).presence === "unknown") group.defer(ENABLED);
  },
};
