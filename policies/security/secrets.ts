import type { ResourceCheck, Value } from "../kit";

/** Texts that are secrets whatever their name: access keys, private keys, tokens, credentials in a URL. */
const SECRET_TEXTS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an AWS access key", pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: "a private key", pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/ },
  { what: "a GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b/ },
  { what: "a Slack token", pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/ },
  { what: "a password in a URL", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s:/@]{3,}@/i },
  { what: "a bearer token", pattern: /\bBearer\s+[A-Za-z0-9_-]{20,}/ },
];

/** Names that hold secrets; what follows `Arn`, `Name`, `Path` or `Id` is a pointer to one. */
const SECRET_NAME =
  /(?:^|[_-]|(?<=[a-z]))(password|passwd|pwd|secret|api_?key|access_?key|private_?key|token|credentials?)$/i;

/** An assignment in a script or a JSON text: PASSWORD=value, "password": "value". */
const ASSIGNMENT =
  /\b(\w*(?:password|passwd|secret|api_?key|access_?key|token))["']?\s*[=:]\s*["']?([^\s"'$<{][^\s"']{5,})/i;

/** What kind of secret `text` holds, if any. */
export function secretInText(text: string): string | undefined {
  const known = SECRET_TEXTS.find(({ pattern }) => pattern.test(text));
  if (known) return known.what;
  const assignment = ASSIGNMENT.exec(text);
  return assignment && !isReference(assignment[2] ?? "") ? `a value for ${assignment[1]}` : undefined;
}

/** Fails for every member of the map `variables` that holds a secret. `noun` is what a member is called. */
export function forbidSecrets(resource: ResourceCheck, variables: Value, noun: string): void {
  for (const { key, value } of variables.members()) {
    const secret = secretInVariable(key, String(value.read() ?? ""));
    if (secret) resource.fail(`the ${noun} ${key} holds ${secret}`, value.path, key);
  }
}

/** Whether a name says that what it names is a secret; of a path the last part counts. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.split("/").at(-1) ?? name);
}

/** What kind of secret a named value is, if any: known texts, and literals under a name that says secret. */
export function secretInVariable(name: string, value: string): string | undefined {
  const known = SECRET_TEXTS.find(({ pattern }) => pattern.test(value));
  if (known) return known.what;
  return isSecretName(name) && value.length >= 6 && !isReference(value) ? "a literal secret" : undefined;
}

/** ARNs, paths, JSONPaths and dynamic references point to a secret and are none. */
function isReference(value: string): boolean {
  return /^(arn:|\/|\$|\{\{|\{%|ssm:|secretsmanager:)/.test(value);
}
