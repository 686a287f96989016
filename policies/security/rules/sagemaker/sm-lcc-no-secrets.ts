import type { ResourceRule } from "../../../kit";
import { secretInText } from "../../secrets";

export const smLccNoSecrets: ResourceRule = {
  id: "sm-lcc-no-secrets",
  title: "Studio lifecycle scripts hold no secrets",
  severity: "high",
  rationale: "Everybody who may describe the configuration reads the script.",
  controls: ["sagemaker_notebook_instance_no_secrets"],
  inspects: { "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig": ["studioLifecycleConfigContent"] },
  remedy: "Read the secret from Secrets Manager or SSM in the script, with the user's role.",
  check: (script) => {
    const content = script.at("studioLifecycleConfigContent");
    const text = content.read<string>();
    const secret =
      text === undefined ? undefined : secretInText(Buffer.from(text, "base64").toString("utf8"));
    if (secret) script.fail(`the script holds ${secret}`, content.path);
  },
};
