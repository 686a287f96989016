import type { ResourceRule } from "../../../kit";

export const smDomainCmk: ResourceRule = {
  id: "sm-domain-cmk",
  title: "Studio home directories are encrypted with a customer-managed key",
  severity: "high",
  rationale:
    "Home directories and space volumes hold extracts of the data lake; only a key of ours can be revoked.",
  controls: ["CKV_AWS_187", "sagemaker_domain_encrypted_with_cmk"],
  inspects: { "aws:sagemaker/domain:Domain": ["kmsKeyId"] },
  remedy: "Set kmsKeyId to a customer-managed key.",
  check: (domain) => domain.present("kmsKeyId", "the domain's file system and volumes have no key of ours"),
};
