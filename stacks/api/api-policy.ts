import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../../components/policy-document";
import type { Context } from "../context";
import type { Network } from "../network";

/**
 * Who may call the API at all; which operations, the caller's own policies say. The account is named as such, so that IAM
 * decides; another account is denied whatever it is allowed at home. A private API takes requests of the network's endpoint
 * only. ARNs are spelled out: API Gateway would answer the short form with the long one, and every plan would differ.
 */
export function apiPolicy(context: Context, { executeApiEndpointId }: Network): pulumi.Input<string> {
  const { accountId, region, settings } = context;
  const everyOperation = `arn:aws:execute-api:${region}:${accountId}:*`;
  const own: Statement = {
    Sid: "AllowPrincipalsOfThisAccount",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "execute-api:Invoke",
    Resource: everyOperation,
  };
  const others: Statement = {
    Sid: "DenyOtherAccounts",
    Effect: "Deny",
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: everyOperation,
    Condition: { StringNotEquals: { "aws:PrincipalAccount": accountId } },
  };
  if (settings.apiAccess === "regional") return policyDocument([own, others]);
  if (executeApiEndpointId === undefined) {
    throw new Error(
      'apiAccess is "private" without an execute-api endpoint; allowed: interfaceEndpoints with it',
    );
  }
  return executeApiEndpointId.apply((endpointId) =>
    policyDocument([
      own,
      others,
      {
        Sid: "DenyOutsideNetwork",
        Effect: "Deny",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: everyOperation,
        Condition: { StringNotEquals: { "aws:SourceVpce": endpointId } },
      },
    ]),
  );
}
