import type { ResourceRule } from "../../../kit";
import { KEY } from "./key-policies";

export const kmsRotation: ResourceRule = {
  id: "kms-rotation",
  title: "Symmetric keys rotate at least once a year",
  severity: "high",
  rationale: "Rotation limits how much one leaked key can open.",
  controls: [
    "CKV_AWS_7",
    "KMS.4",
    "AWS-0065",
    "KMSBackingKeyRotationEnabled",
    "guard:cmk_backing_key_rotation_enabled",
  ],
  inspects: {
    [KEY]: [
      "enableKeyRotation",
      "rotationPeriodInDays",
      "customerMasterKeySpec",
      "keyUsage",
      "customKeyStoreId",
    ],
  },
  remedy: "Set enableKeyRotation to true and rotationPeriodInDays to at most 365.",
  options: {
    maxDays: {
      type: "integer",
      description: "Longest period between rotations, in days.",
      default: 365,
      minimum: 90,
      maximum: 2560,
    },
  },
  check: (key) => {
    if (key.at("customKeyStoreId").isSet) return;
    if (key.at("customerMasterKeySpec").read<string>("SYMMETRIC_DEFAULT") !== "SYMMETRIC_DEFAULT") return;
    if (key.at("keyUsage").read<string>("ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT") return;
    key.require<boolean>("enableKeyRotation", (v) => v, "the key never changes");
    const days = key.option<number>("maxDays");
    key.forbid<number>(
      "rotationPeriodInDays",
      (v) => v > days,
      `the key rotates less often than every ${days} days`,
    );
  },
  remediate: (properties) => {
    properties.enableKeyRotation = true;
  },
};
