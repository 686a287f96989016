import type { ResourceRule } from "../../../kit";
import { KEY } from "./key-policies";

export const kmsRotation: ResourceRule = {
  id: "kms-rotation",
  title: "Symmetric keys rotate at least once a year",
  severity: "high",
  rationale: "Rotation limits how much one leaked key can open.",
  anchors: [
    "awsguard: kmsKeyRotationEnabled",
    "CKV_AWS_7",
    "KMSBackingKeyRotationEnabled",
    "KMS_KEY_ROTATION_ENABLED",
    "AWS-0065",
    "KMS.4",
    "cmk-backing-key-rotation-enabled",
    "kms_cmk_rotation_enabled",
    "KICS: CMK Rotation Disabled",
  ],
  guards: {
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
