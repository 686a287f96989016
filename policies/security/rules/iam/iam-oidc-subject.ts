import type { ResourceRule, Statement } from "../../../kit";
import { ROLE } from "./identity-policies";

export const iamOidcSubject: ResourceRule = {
  id: "iam-oidc-subject",
  title: "Pipelines assume roles only from their own repository",
  severity: "high",
  rationale: "Without a pinned subject every repository on the same host can deploy with the role.",
  controls: ["CKV_AWS_358", "CKV_AWS_393"],
  inspects: { [ROLE]: ["assumeRolePolicy"] },
  remedy:
    "Add StringEquals (or a StringLike with the repository's name) on the provider's :sub, and StringEquals on :aud.",
  check: (role) => {
    for (const statement of role.policy("assumeRolePolicy")?.statements ?? []) {
      if (statement.allows)
        for (const provider of oidcProviders(statement)) checkProvider(statement, provider);
    }
  },
};

function oidcProviders(statement: Statement): string[] {
  return statement.parts.principals
    .map((principal) => /^Federated:.*oidc-provider\/(.+)$/.exec(principal)?.[1])
    .filter((provider): provider is string => provider !== undefined);
}

function checkProvider(statement: Statement, provider: string): void {
  const subjects = statement
    .conditionsOn(`${provider}:sub`)
    .filter(({ operator }) => /^(ForAnyValue:)?String(Equals|Like)$/i.test(operator))
    .flatMap(({ values }) => values);
  // repo:organisation/repository:… names a repository when neither of the first two parts is a wildcard.
  const pinned = subjects.length > 0 && subjects.every((subject) => /^[^*]+:[^*/]+\/[^*:]+:/.test(subject));
  if (!pinned) statement.fail(`does not name the repository in ${provider}:sub`, "sub");
  if (statement.conditionsOn(`${provider}:aud`).length === 0)
    statement.fail(`does not check ${provider}:aud`, "aud");
}
