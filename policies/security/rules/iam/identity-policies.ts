import type { PolicyDocument, ResourceCheck, Statement } from "../../../kit";

export const ROLE = "aws:iam/role:Role";

/** Resources that give permissions to identities, with the property that holds the document. */
export const IDENTITY_POLICY_PATHS: Readonly<Record<string, readonly string[]>> = {
  "aws:iam/policy:Policy": ["policy"],
  "aws:iam/rolePolicy:RolePolicy": ["policy"],
  "aws:iam/groupPolicy:GroupPolicy": ["policy"],
  "aws:iam/userPolicy:UserPolicy": ["policy"],
  [ROLE]: ["inlinePolicies[*].policy"],
};

/** The permission documents of a resource. */
export function identityPolicies(resource: ResourceCheck): PolicyDocument[] {
  const paths =
    resource.type === ROLE
      ? resource
          .at("inlinePolicies")
          .items()
          .map((inline) => `${inline.path}.policy`)
      : ["policy"];
  return paths.map((path) => resource.policy(path)).filter((document) => document !== undefined);
}

/** The statements of a resource that allow something. */
export function allowedStatements(resource: ResourceCheck): Statement[] {
  return identityPolicies(resource).flatMap((document) => document.statements.filter((s) => s.allows));
}

/** Whether the statement is for every resource. */
export function onEverything(statement: Statement): boolean {
  return statement.parts.resources.some((resource) => /^(\*|arn:[*:]+)$/.test(resource));
}
