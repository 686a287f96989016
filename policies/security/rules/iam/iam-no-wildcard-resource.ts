import type { ResourceRule } from "../../../kit";
import { isBoundBy } from "../../conditions";
import { allowedStatements, IDENTITY_POLICY_PATHS, onEverything } from "./identity-policies";
import { needsEveryResource } from "./unscopable-actions";

/** Conditions that name the resource as well as an ARN does. */
const SCOPING_KEYS = [
  "aws:ResourceTag/*",
  "aws:ResourceAccount",
  "aws:ResourceOrgID",
  "kms:ViaService",
  "kms:EncryptionContext*",
  "iam:PassedToService",
  "cloudwatch:namespace",
  "ec2:Vpc",
  "ec2:ResourceTag/*",
  "events:source",
];

export const iamNoWildcardResource: ResourceRule = {
  id: "iam-no-wildcard-resource",
  title: "Permissions are for named resources wherever IAM allows naming them",
  severity: "medium",
  rationale: "A role for one bucket should not reach the next team's.",
  controls: [
    "CKV_AWS_111",
    "CKV_AWS_355",
    "CKV_AWS_356",
    "IAMNoWildcardPermissions",
    "guard:iam_policydocument_no_wildcard_resource",
  ],
  inspects: IDENTITY_POLICY_PATHS,
  remedy:
    "Name the ARNs, or limit the statement with aws:ResourceTag, aws:ResourceAccount or cloudwatch:namespace.",
  options: {
    actions: {
      type: "array",
      items: { type: "string" },
      description: "Further actions that may have Resource *.",
      default: [],
    },
  },
  check: (resource) => {
    const extra = new Set(resource.option<string[]>("actions"));
    for (const statement of allowedStatements(resource)) {
      if (!onEverything(statement) || isBoundBy(statement, ...SCOPING_KEYS)) continue;
      for (const action of statement.parts.actions) {
        if (!needsEveryResource(action) && !extra.has(action)) {
          statement.fail(`allows ${action} on every resource`, `Action::${action}`);
        }
      }
    }
  },
};
