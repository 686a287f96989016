import type { ResourceRule } from "../../../kit";
import { KEY } from "./key-policies";

export const kmsDescribed: ResourceRule = {
  id: "kms-described",
  title: "Keys say what they are for",
  severity: "low",
  rationale: "Nobody dares to delete, or thinks twice about reusing, a key without a description.",
  controls: [],
  inspects: { [KEY]: ["description"] },
  remedy: "Set description to what the key encrypts and for whom.",
  check: (key) => key.present("description", "nobody knows what the key encrypts"),
};
