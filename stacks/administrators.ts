import type { Context } from "./context";

/**
 * ARN patterns of who administers the environment: the deployer roles and whoever runs the deployment now, so that a
 * key or bucket policy never locks out the one who applies it.
 */
export function administratorArns({ settings, accountId, callerArn }: Context): string[] {
  const deployers = settings.deployerRoleNames.map((name) => `arn:aws:iam::${accountId}:role/${name}`);
  return [...new Set([...deployers, ...principalArns(callerArn)])].sort();
}

/** The principal of IAM behind a caller: a session's ARN names its role, but not the role's path. */
function principalArns(callerArn: string): string[] {
  const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/.+$/.exec(callerArn);
  if (!session) return [callerArn];
  const [, accountId, role = ""] = session;
  // Roles of IAM Identity Center live below a path that ends with their region, or with nothing in us-east-1.
  const path = role.startsWith("AWSReservedSSO_") ? "aws-reserved/sso.amazonaws.com/*" : "";
  return [`arn:aws:iam::${accountId}:role/${path}${role}`];
}
