import type { ResourceRule } from "../../../kit";
import { storageOf, variantsOf } from "./variants";

export const smEpcCmk: ResourceRule = {
  id: "sm-epc-cmk",
  title: "Endpoint volumes are encrypted with a customer-managed key where the instance takes one",
  severity: "medium",
  rationale:
    "The volume holds model artifacts and request data. Serverless variants have no volume of ours, and SageMaker rejects a key for instances with NVMe disks.",
  controls: [
    "CKV_AWS_98",
    "SageMakerEndpointConfigurationKMSKeyConfigured",
    "guard:sagemaker_endpoint_configuration_kms_key_configured",
    "sagemaker_endpoint_config_kms_encryption_enabled",
    "sagemaker_endpoint_configuration_kms_key_configured",
  ],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "kmsKeyArn",
      "productionVariants[*].instanceType",
      "productionVariants[*].serverlessConfig",
      "shadowProductionVariants[*].instanceType",
    ],
  },
  remedy:
    "Set kmsKeyArn to a customer-managed key, and leave it unset when every variant runs on NVMe instances.",
  check: (configuration) => {
    const variants = variantsOf(configuration);
    const key = configuration.at("kmsKeyArn");
    for (const variant of variants) {
      const storage = storageOf(variant);
      const name = String(variant.at("variantName").known ?? variant.path);
      const type = String(variant.at("instanceType").known ?? "");
      if (storage === "volume" && !key.isSet)
        key.fail(`variant ${name} on ${type} has an unprotected volume`, name);
      if (storage === "nvme" && key.isSet) {
        variant
          .at("instanceType")
          .fail(`variant ${name} has NVMe disks, for which SageMaker rejects kmsKeyArn`, name);
      }
    }
  },
};
