import type { ResourceRule } from "../../../kit";
import { KEY } from "./key-policies";

export const kmsDeletionWindow: ResourceRule = {
  id: "kms-deletion-window",
  title: "Keys are deleted only after a long wait",
  severity: "medium",
  rationale: "Within the window a deletion by mistake can be taken back; after it all data is lost.",
  controls: ["KMS.3"],
  inspects: { [KEY]: ["deletionWindowInDays"] },
  remedy: "Set deletionWindowInDays to 30.",
  options: {
    minimumDays: {
      type: "integer",
      description: "Shortest window, in days.",
      default: 14,
      minimum: 7,
      maximum: 30,
    },
  },
  check: (key) => {
    const minimum = key.option<number>("minimumDays");
    // Not set means 30 days, the longest window that there is.
    key.forbid<number>(
      "deletionWindowInDays",
      (v) => v < minimum,
      `the window is shorter than ${minimum} days`,
    );
  },
  remediate: (properties) => {
    properties.deletionWindowInDays = 30;
  },
};
