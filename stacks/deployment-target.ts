import { SettingsError } from "./settings";
import type { Settings } from "./settings-schema";

/** The account of AWS's documentation: nobody's, so a plan in it is made without a cloud and deploys nothing. */
export const DOCUMENTATION_ACCOUNT_ID = "123456789012";

export interface Deployment {
  readonly settings: Settings;
  /** Account of the credentials in use. */
  readonly accountId: string;
  readonly callerArn: string;
  /** Whether nothing will be changed: reviewers' roles may only look. */
  readonly isPreview: boolean;
}

/**
 * Whether this deployment may land where its credentials lead, before the first resource is registered.
 *
 * @throws SettingsError with one line per reason against it
 */
export function checkDeploymentTarget(deployment: Deployment): void {
  const problems = [wrongAccount, strangeCaller, placeholders].flatMap((check) => check(deployment));
  if (problems.length > 0) throw new SettingsError(problems.join("\n"));
}

function wrongAccount({ settings, accountId }: Deployment): string[] {
  const { allowedAccountIds, environment } = settings;
  if (allowedAccountIds.includes(accountId)) return [];
  return [
    `the credentials are of account ${accountId}; allowed for ${environment} by aws:allowedAccountIds: ${allowedAccountIds.join(", ")}`,
  ];
}

/** The key and bucket policies let administrators in and nobody else: another caller would lock itself out half-way. */
function strangeCaller({ settings, accountId, callerArn, isPreview }: Deployment): string[] {
  if (isPreview || accountId === DOCUMENTATION_ACCOUNT_ID) return [];
  const administrators = [...settings.deployerRoleNames, ...settings.breakGlassRoleNames];
  const [, role] = /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\/.+$/.exec(callerArn) ?? [];
  // A session's ARN has its role's name without the path.
  if (role !== undefined && administrators.some((name) => name.split("/").at(-1) === role)) return [];
  return [
    `the caller is ${callerArn}; allowed: a session of a role of smartretail:deployerRoleNames or breakGlassRoleNames (${administrators.join(", ")})`,
  ];
}

/** Names that are reserved for examples: mail to them reaches nobody. RFC 2606, RFC 6761, and JPRS for example.jp. */
const RESERVED_DOMAIN = /(^|\.)(example(\.(com|net|org|jp|co\.jp|ne\.jp|ac\.jp))?|invalid|test|localhost)$/i;

function placeholders({ settings, accountId }: Deployment): string[] {
  if (accountId === DOCUMENTATION_ACCOUNT_ID) return [];
  const unreachable = settings.alertEmails.filter((email) => RESERVED_DOMAIN.test(email.split("@")[1] ?? ""));
  return unreachable.map(
    (email) =>
      `smartretail:alertEmails has "${email}"; allowed outside the offline plan: an address that somebody reads`,
  );
}
