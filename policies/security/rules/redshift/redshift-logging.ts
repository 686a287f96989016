import type { StackRule } from "../../../kit";
import { CLUSTER } from "./clusters";

const LOGGING = "aws:redshift/logging:Logging";

export const redshiftLogging: StackRule = {
  id: "redshift-logging",
  title: "Warehouses log who connected and what was asked",
  severity: "medium",
  rationale: "Redshift keeps its own tables about queries for a few days; the audit log stays.",
  controls: [
    "CKV_AWS_71",
    "Redshift.4",
    "RedshiftClusterAuditLogging",
    "guard:redshift_cluster_configuration_check",
  ],
  inspects: { [CLUSTER]: ["clusterIdentifier"], [LOGGING]: ["clusterIdentifier"] },
  remedy: "Add a redshift.Logging for the cluster.",
  checkStack: (stack) => {
    for (const cluster of stack.ofType(CLUSTER)) {
      // Programs of before @pulumi/aws 7 have the setting on the cluster.
      if (cluster.input("logging.enable").known === true) continue;
      if (stack.referring(cluster, LOGGING, "clusterIdentifier").length > 0) continue;
      if (!namesItself(cluster.at("clusterIdentifier").known, stack.ofType(LOGGING)))
        cluster.fail("connections and queries are not logged");
    }
  },
};

function namesItself(
  identifier: unknown,
  loggings: readonly { at(path: string): { readonly known: unknown } }[],
): boolean {
  return (
    typeof identifier === "string" && loggings.some((one) => one.at("clusterIdentifier").known === identifier)
  );
}
