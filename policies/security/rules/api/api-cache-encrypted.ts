import type { ResourceRule } from "../../../kit";
import { METHOD_SETTINGS, STAGE } from "./rest-apis";

export const apiCacheEncrypted: ResourceRule = {
  id: "api-cache-encrypted",
  title: "Cached API answers are encrypted",
  severity: "low",
  rationale: "The cache holds answers to other callers. Whether to cache at all is a question of cost.",
  controls: [
    "CKV_AWS_308",
    "CKV_AWS_225",
    "CKV_AWS_120",
    "APIGateway.5",
    "AWS-0002",
    "APIGWCacheEnabledAndEncrypted",
    "guard:api_gw_cache_enabled_and_encrypted",
  ],
  inspects: {
    [METHOD_SETTINGS]: ["settings.cacheDataEncrypted", "settings.cachingEnabled"],
    [STAGE]: ["cacheClusterEnabled"],
  },
  remedy:
    "Set settings.cacheDataEncrypted to true; where a cache is required, settings.cachingEnabled and cacheClusterEnabled too.",
  options: {
    required: {
      type: "boolean",
      description:
        "Whether every stage must have a cache, as some collections ask. Off: a cache is billed by the hour.",
      default: false,
    },
  },
  check: (resource) => {
    const required = resource.option<boolean>("required");
    if (resource.type === STAGE) {
      if (required) resource.require<boolean>("cacheClusterEnabled", (v) => v, "the stage has no cache");
      return;
    }
    if (required) resource.require<boolean>("settings.cachingEnabled", (v) => v, "answers are not cached");
    if (resource.at("settings.cachingEnabled").read<boolean>(false) !== true) return;
    resource.require<boolean>("settings.cacheDataEncrypted", (v) => v, "cached answers are in the clear");
  },
};
