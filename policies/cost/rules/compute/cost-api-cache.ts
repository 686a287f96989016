import type { ResourceRule } from "../../../kit";

const STAGE = "aws:apigateway/stage:Stage";

export const costApiCache: ResourceRule = {
  id: "cost-api-cache",
  title: "APIs have no cache cluster",
  severity: "low",
  rationale: "A cache cluster is billed by the hour; forecasts are cached where they are computed.",
  remedy: "Remove cacheClusterEnabled, or allow it in the environment's configuration.",
  controls: [],
  inspects: { [STAGE]: ["cacheClusterEnabled"] },
  options: {
    allowed: {
      type: "boolean",
      description:
        "Whether an API may have a cache cluster. aws-thrifty and others ask for one; it is a decision.",
      default: false,
    },
  },
  check: (stage) =>
    stage.forbid<boolean>(
      "cacheClusterEnabled",
      (enabled) => enabled && !stage.option<boolean>("allowed"),
      "the stage has a cache cluster",
    ),
  remediate: (properties) => {
    delete properties.cacheClusterEnabled;
  },
};
