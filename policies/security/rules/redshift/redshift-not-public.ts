import type { ResourceRule } from "../../../kit";
import { CLUSTER } from "./clusters";

export const redshiftNotPublic: ResourceRule = {
  id: "redshift-not-public",
  title: "No warehouse has a public address",
  severity: "critical",
  rationale: "The whole of a company's figures is behind one password then.",
  controls: [
    "CKV_AWS_87",
    "Redshift.1",
    "RedshiftClusterPublicAccess",
    "guard:redshift_cluster_public_access_check",
  ],
  inspects: { [CLUSTER]: ["publiclyAccessible"] },
  remedy: "Set publiclyAccessible to false.",
  check: (cluster) =>
    cluster.forbid<boolean>("publiclyAccessible", (v) => v, "the warehouse has a public address"),
};
