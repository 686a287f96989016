import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS } from "./identity-policies";

export const iamKmsDecryptScoped: ResourceRule = {
  id: "iam-kms-decrypt-scoped",
  title: "Decryption is allowed with named keys only",
  severity: "medium",
  rationale: "Decrypting with every key undoes the separation that the keys are for.",
  controls: [
    "KMS.1",
    "KMS.2",
    "guard:iam_customer_policy_blocked_kms_actions",
    "guard:iam_inline_policy_blocked_kms_actions",
  ],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: "Name the keys' ARNs, or their aliases in a condition on kms:ResourceAliases.",
  check: (resource) => {
    for (const statement of allowedStatements(resource)) {
      const decrypts = ["kms:Decrypt", "kms:ReEncryptFrom"].filter((action) => statement.covers(action));
      const anyKey = statement.parts.resources.some(
        (arn) => arn === "*" || /^arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*)$/.test(arn),
      );
      const aliased = statement
        .conditionsOn("kms:ResourceAliases", "kms:RequestAlias")
        .some(
          ({ operator, values }) =>
            /^(ForAnyValue:)?String(Equals|Like)$/i.test(operator) && !values.includes("*"),
        );
      if (decrypts.length > 0 && anyKey && !aliased)
        statement.fail(`allows ${decrypts.join(", ")} with every key`, "kms:Decrypt");
    }
  },
};
