import type { ResourceRule } from "../../../kit";
import { isSecretName, secretInVariable } from "../../secrets";

const PARAMETER = "aws:ssm/parameter:Parameter";

export const ssmSecureString: ResourceRule = {
  id: "ssm-secure-string",
  title: "Parameters that hold secrets are of the type SecureString",
  severity: "high",
  rationale: "A String parameter is stored in the clear, and read by everybody with ssm:GetParameter.",
  controls: [],
  inspects: { [PARAMETER]: ["type", "name", "value"] },
  remedy: 'Set type to "SecureString" with a key, or keep the secret in Secrets Manager.',
  check: (parameter) => {
    const type = parameter.at("type").read<string>();
    if (type === undefined || type === "SecureString") return;
    const name = String(parameter.at("name").known ?? parameter.name);
    const value = parameter.at("value");
    const text = value.presence === "known" ? String(value.known) : "";
    if (secretInVariable(name, text) ?? (value.presence === "unknown" && isSecretName(name)))
      parameter.at("type").fail(`the secret ${name} is stored in the clear`);
  },
};
