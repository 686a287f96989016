import type { ResourceRule } from "../../../kit";
import { IDENTITY_POLICY_PATHS, identityPolicies } from "./identity-policies";

export const iamDocumentValid: ResourceRule = {
  id: "iam-document-valid",
  title: "Permission documents are valid and say which version of the language they speak",
  severity: "medium",
  rationale:
    "Version 2008-10-17, the default, reads ${aws:username} as plain text: conditions with variables never match.",
  controls: [],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: 'Set Version to "2012-10-17", and Effect, Action and Resource in every statement.',
  check: (resource) => {
    for (const document of identityPolicies(resource)) {
      if (document.version !== "2012-10-17")
        resource.fail("the document does not say version 2012-10-17", document.path);
      for (const statement of document.statements) {
        const { effect, actions, notActions, resources, notResources } = statement.parts;
        if (effect !== "Allow" && effect !== "Deny") statement.fail("has no Effect");
        if (actions.length + notActions.length === 0) statement.fail("has no Action");
        if (resources.length + notResources.length === 0) statement.fail("has no Resource");
      }
    }
  },
};
