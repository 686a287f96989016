import type { ResourceRule } from "../../../kit";
import { METHOD_SETTINGS } from "./rest-apis";

export const apiCacheEncrypted: ResourceRule = {
  id: "api-cache-encrypted",
  title: "Cached API answers are encrypted",
  severity: "low",
  rationale: "The cache holds answers to other callers. Whether to cache at all is a question of cost.",
  anchors: [
    "CKV_AWS_308",
    "CKV_AWS_225",
    "CKV_AWS_120",
    "APIGateway.5",
    "AWS-0002",
    "APIGWCacheEnabledAndEncrypted",
    "guard:api_gw_cache_enabled_and_encrypted",
  ],
  guards: { [METHOD_SETTINGS]: ["settings.cacheDataEncrypted", "settings.cachingEnabled"] },
  remedy: "Set settings.cacheDataEncrypted to true.",
  check: (settings) => {
    if (settings.at("settings.cachingEnabled").read<boolean>(false) !== true) return;
    settings.require<boolean>("settings.cacheDataEncrypted", (v) => v, "cached answers are in the clear");
  },
};
