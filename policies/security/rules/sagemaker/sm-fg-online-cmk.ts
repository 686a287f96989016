import type { ResourceRule } from "../../../kit";

export const smFgOnlineCmk: ResourceRule = {
  id: "sm-fg-online-cmk",
  title: "Online feature stores are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "The online store serves the newest features of every shop; only a key of ours can be revoked.",
  controls: ["SageMaker.18", "SM-34"],
  inspects: {
    "aws:sagemaker/featureGroup:FeatureGroup": [
      "onlineStoreConfig.securityConfig.kmsKeyId",
      "onlineStoreConfig.enableOnlineStore",
      "onlineStoreConfig.storageType",
    ],
  },
  remedy: "Set onlineStoreConfig.securityConfig.kmsKeyId (the in-memory tier takes none).",
  check: (group) => {
    const online = group.at("onlineStoreConfig");
    if (online.at("enableOnlineStore").read<boolean>(false) !== true) return;
    if (online.at("storageType").read<string>("Standard") !== "Standard") return;
    online.present("securityConfig.kmsKeyId", "the online store has no key of ours");
  },
};
