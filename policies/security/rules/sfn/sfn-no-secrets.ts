import type { ResourceRule } from "../../../kit";
import { secretInText } from "../../secrets";

export const sfnNoSecrets: ResourceRule = {
  id: "sfn-no-secrets",
  title: "State machine definitions hold no secrets",
  severity: "critical",
  rationale: "Everybody who may describe the machine reads its definition.",
  controls: [],
  inspects: { "aws:sfn/stateMachine:StateMachine": ["definition"] },
  remedy: "Read the secret from Secrets Manager in the task that needs it.",
  check: (machine) => {
    const definition = machine.at("definition").read<string>();
    const secret = typeof definition === "string" ? secretInText(definition) : undefined;
    if (secret) machine.fail(`the definition holds ${secret}`, "definition");
  },
};
