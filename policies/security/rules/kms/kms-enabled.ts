import type { ResourceRule } from "../../../kit";
import { KEY } from "./key-policies";

export const kmsEnabled: ResourceRule = {
  id: "kms-enabled",
  title: "Keys are enabled",
  severity: "high",
  rationale: "A disabled key makes everything that it encrypts unreadable at once.",
  controls: ["CKV_AWS_227"],
  inspects: { [KEY]: ["isEnabled"] },
  remedy: "Remove isEnabled: false.",
  check: (key) => key.forbid<boolean>("isEnabled", (v) => !v, "the key is disabled"),
};
