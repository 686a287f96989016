import type { ResourceRule } from "../../../kit";
import { secretInVariable } from "../../secrets";

/** Properties that are secrets by their nature, and those that hold texts of ours. */
const SECRET_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  "aws:ssm/parameter:Parameter": ["value"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString"],
  "aws:cloudwatch/eventTarget:EventTarget": ["input"],
  "aws:scheduler/schedule:Schedule": ["target.input"],
};

export const noPlaintextSecrets: ResourceRule = {
  id: "no-plaintext-secrets",
  title: "No secret is written into the program",
  severity: "critical",
  rationale: "It would be in the repository, in the state and in every plan.",
  controls: [],
  inspects: SECRET_PROPERTIES,
  remedy: "Let the cloud make the secret (generated password, rotation), or set it by hand once.",
  check: (resource) => {
    for (const path of SECRET_PROPERTIES[resource.type] ?? []) {
      const value = resource.at(path);
      const name = resource.type.endsWith("SecretVersion")
        ? "secret"
        : String(resource.at("name").known ?? "");
      const secret = secretInVariable(name, String(value.read() ?? ""));
      if (secret) resource.fail(`${path} holds ${secret}`, path);
    }
  },
};
