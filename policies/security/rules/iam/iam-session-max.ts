import type { ResourceRule } from "../../../kit";
import { ROLE } from "./identity-policies";

export const iamSessionMax: ResourceRule = {
  id: "iam-session-max",
  title: "Sessions of roles end after a few hours",
  severity: "low",
  rationale: "Stolen session credentials are good until the session ends.",
  controls: [],
  inspects: { [ROLE]: ["maxSessionDuration"] },
  remedy: "Lower maxSessionDuration.",
  options: {
    maxSeconds: {
      type: "integer",
      description: "Longest session, in seconds.",
      default: 14400,
      minimum: 3600,
      maximum: 43200,
    },
  },
  check: (role) => {
    const longest = role.option<number>("maxSeconds");
    role.forbid<number>("maxSessionDuration", (v) => v > longest, `sessions last longer than ${longest} s`);
  },
  remediate: (properties) => {
    properties.maxSessionDuration = 3600;
  },
};
