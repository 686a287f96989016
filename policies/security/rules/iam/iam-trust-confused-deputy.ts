import type { ResourceRule } from "../../../kit";
import { isBoundBy } from "../../conditions";
import { ROLE } from "./identity-policies";

const SOURCES = [
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "sts:ExternalId",
];

export const iamTrustConfusedDeputy: ResourceRule = {
  id: "iam-trust-confused-deputy",
  title: "Services assume roles only on behalf of this account",
  severity: "high",
  rationale:
    "A service works for every customer; without a source account another one can have it use our role.",
  controls: [],
  inspects: { [ROLE]: ["assumeRolePolicy"] },
  remedy: "Add StringEquals aws:SourceAccount (or ArnLike aws:SourceArn) to the statement.",
  options: {
    services: {
      type: "array",
      items: { type: "string" },
      description: "Service principals that never send a source and are left alone.",
      default: ["ec2.amazonaws.com"],
    },
  },
  check: (role) => {
    const except = role.option<string[]>("services");
    for (const statement of role.policy("assumeRolePolicy")?.statements ?? []) {
      const services = statement.services.filter((service) => !except.includes(service));
      if (!statement.allows || services.length === 0) continue;
      if (!isBoundBy(statement, ...SOURCES)) {
        statement.fail(`lets ${services.join(", ")} assume the role for any account`, services[0]);
      }
    }
  },
};
