import type { Context } from "./context";

type Owners = Pick<Context, "accountId" | "settings">;

/**
 * ARNs of who administers the environment: the deployer roles, and the roles for an emergency. Settings only: whoever runs
 * a deployment changes nothing in what is deployed (stacks/deployment-target.ts asks whether they may run it).
 */
export function administratorArns({ settings, accountId }: Owners): string[] {
  return roleArns(accountId, [...settings.deployerRoleNames, ...settings.breakGlassRoleNames]);
}

/** ARNs of who looks but never writes: they reach the lake from outside the network, and decrypt nothing. */
export function auditorArns({ settings, accountId }: Owners): string[] {
  return roleArns(accountId, settings.auditorRoleNames);
}

/** Names may have a path, as roles of Identity Center do: `aws-reserved/sso.amazonaws.com/<region>/<name>`. */
function roleArns(accountId: string, names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => `arn:aws:iam::${accountId}:role/${name}`).sort();
}
