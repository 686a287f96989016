import type { ResourceRule } from "../../../kit";

export const smFgOfflineCmk: ResourceRule = {
  id: "sm-fg-offline-cmk",
  title: "Offline feature stores are encrypted with a customer-managed key",
  severity: "medium",
  rationale:
    "The offline store is the history of every feature; only a key of ours can be audited and revoked.",
  controls: ["SageMaker.17", "sagemaker_feature_group_offline_store_encrypted_with_cmk", "SM-15"],
  inspects: { "aws:sagemaker/featureGroup:FeatureGroup": ["offlineStoreConfig.s3StorageConfig.kmsKeyId"] },
  remedy: "Set offlineStoreConfig.s3StorageConfig.kmsKeyId to a key without a kms:ViaService condition.",
  check: (group) => {
    if (!group.at("offlineStoreConfig").isSet) return;
    group.present("offlineStoreConfig.s3StorageConfig.kmsKeyId", "the offline store has no key of ours");
  },
};
