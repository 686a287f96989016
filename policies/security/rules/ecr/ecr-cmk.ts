import type { ResourceRule } from "../../../kit";

export const ecrCmk: ResourceRule = {
  id: "ecr-cmk",
  title: "Image repositories are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "Images hold the code of the forecasts; only a key of ours can be audited and revoked.",
  controls: ["CKV_AWS_136", "ECR.5", "AWS-0033"],
  inspects: {
    "aws:ecr/repository:Repository": [
      "encryptionConfigurations[*].encryptionType",
      "encryptionConfigurations[*].kmsKey",
    ],
  },
  remedy: 'Set encryptionConfigurations to [{ encryptionType: "KMS", kmsKey: … }].',
  check: (repository) => {
    repository.present("encryptionConfigurations", "the repository is encrypted with S3's own key");
    for (const encryption of repository.at("encryptionConfigurations").items()) {
      encryption.require<string>(
        "encryptionType",
        (v) => v.startsWith("KMS"),
        "the repository is encrypted with S3's own key",
      );
      encryption.present("kmsKey", "the repository is encrypted with a key of AWS");
    }
  },
};
