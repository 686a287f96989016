import { option, put, unset, type RuleCases } from "../../support/breakage";
import { T } from "./types";

export const stackCases: RuleCases = {
  "approved-region": {
    with: [T.vpc, T.bucket],
    breakages: [put(T.vpc, "region", "us-east-1"), put(T.bucket, "region", "eu-west-1")],
  },
  "required-tags": { breakages: [unset(T.bucket, "tags"), put(T.key, "tags", { Project: "smartretail" })] },
  "sm-resources-tagged": { breakages: [unset(T.domain, "tags"), put(T.endpoint, "tags", { project: "x" })] },
  "stateful-protected": {
    breakages: [option(T.bucket, { protect: false }), option(T.key, { protect: false })],
  },
  "no-plaintext-secrets": {
    breakages: [
      put(T.parameter, "value", "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB"),
      put(T.secret, "secretString", "hunter2hunter2"),
      put(T.scheduler, "target.input", '{"key":"AKIAIOSFODNN7EXAMPLE"}'),
    ],
  },
};
