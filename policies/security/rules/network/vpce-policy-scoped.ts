import type { ResourceRule, Statement } from "../../../kit";
import { isBoundBy } from "../../conditions";
import { VPC_ENDPOINT } from "./vpc-endpoints";

/** Conditions that keep the endpoint to our principals or our resources. */
const SCOPES = [
  "aws:PrincipalAccount",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:PrincipalArn",
  "aws:ResourceAccount",
  "aws:ResourceOrgID",
  "aws:ResourceOrgPaths",
];

export const vpcePolicyScoped: ResourceRule = {
  id: "vpce-policy-scoped",
  title: "VPC endpoints serve this account's principals or resources only",
  severity: "high",
  rationale:
    "Through an endpoint with the default policy data can be copied into anybody's bucket with their own keys.",
  controls: [],
  inspects: { [VPC_ENDPOINT]: ["policy"] },
  remedy:
    "Set policy with a condition on aws:PrincipalAccount or aws:ResourceAccount (or the organisation's keys), or name the resources.",
  check: (endpoint) => {
    endpoint.present("policy", "the endpoint has the default policy, which allows everything");
    for (const statement of endpoint.policy("policy")?.statements ?? []) {
      if (statement.allows && isOpen(statement)) statement.fail("serves everybody for every resource");
    }
  },
};

function isOpen(statement: Statement): boolean {
  const named = statement.parts.resources.length > 0 && !statement.parts.resources.includes("*");
  return statement.isPublic && !named && !isBoundBy(statement, ...SCOPES);
}
