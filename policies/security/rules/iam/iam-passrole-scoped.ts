import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS } from "./identity-policies";

export const iamPassroleScoped: ResourceRule = {
  id: "iam-passrole-scoped",
  title: "Roles may be passed only by name and only to named services",
  severity: "high",
  rationale: "Whoever may pass any role to any service has the rights of every role.",
  controls: [
    "AWS-0342",
    "guard:iam_policy_no_wildcard_resource_on_passrole",
    "guard:iam_role_no_wildcard_resource_on_passrole",
  ],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: "Give iam:PassRole the roles' ARNs and a StringEquals condition on iam:PassedToService.",
  check: (resource) => {
    for (const statement of allowedStatements(resource)) {
      if (!statement.covers("iam:PassRole")) continue;
      const unnamed = statement.parts.resources.filter((arn) => namesNoRole(arn));
      if (unnamed.length > 0)
        statement.fail(`lets every role be passed (${unnamed.join(", ")})`, "iam:PassRole");
      const services = statement
        .conditionsOn("iam:PassedToService")
        .filter(({ operator }) => /^(ForAnyValue:)?String(Equals|Like)$/i.test(operator))
        .flatMap(({ values }) => values);
      if (services.length === 0 || services.some((service) => /^[*?]/.test(service))) {
        statement.fail("lets a role be passed to any service (no iam:PassedToService)", "iam:PassRole");
      }
    }
  },
};

/** `*`, `arn:aws:iam::111122223333:*`, `…:role/*`: patterns without any part of a role's name. */
function namesNoRole(arn: string): boolean {
  const resource = arn.split(":").slice(5).join(":");
  return !/^role\/(?:[^*?]*\/)*[*?]*[^*?/]/.test(resource);
}
