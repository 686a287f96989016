import type { ResourceCheck, StackRule } from "../../../kit";

const SECRET = "aws:secretsmanager/secret:Secret";
/** What belongs to a secret and does not use it. */
const OWN_PARTS = [
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:secretsmanager/secretPolicy:SecretPolicy",
  "aws:secretsmanager/secretRotation:SecretRotation",
];

export const costUnusedSecrets: StackRule = {
  id: "cost-unused-secrets",
  title: "Every secret is used by something",
  severity: "low",
  rationale: "A secret costs 0.40 USD a month and is one more thing to rotate and to leak.",
  remedy: "Remove the secret, or hand its ARN to what reads it.",
  controls: ["secretsmanager_secret_unused"],
  inspects: { [SECRET]: [] },
  checkStack: (stack) => {
    const users = stack.resources.filter((resource) => !OWN_PARTS.includes(resource.type));
    for (const secret of stack.ofType(SECRET))
      if (!users.some((user) => uses(user, secret))) secret.fail("nothing in the stack uses the secret");
  },
};

function uses(user: ResourceCheck, secret: ResourceCheck): boolean {
  if (user.urn === secret.urn) return false;
  const sources = Object.values(user.raw.propertyDependencies ?? {}).flat();
  const name = secret.at("name").known;
  return (
    sources.includes(secret.urn) ||
    (typeof name === "string" && JSON.stringify(user.raw.properties).includes(`:secret:${name}`))
  );
}
