import type { ResourceRule } from "../../../kit";

export const sfnCmk: ResourceRule = {
  id: "sfn-cmk",
  title: "State machines are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "Definitions and execution history hold inputs and outputs of every step.",
  controls: [],
  inspects: {
    "aws:sfn/stateMachine:StateMachine": ["encryptionConfiguration.type", "encryptionConfiguration.kmsKeyId"],
  },
  remedy: 'Set encryptionConfiguration to { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: … }.',
  check: (machine) => {
    machine.require<string>(
      "encryptionConfiguration.type",
      (v) => v === "CUSTOMER_MANAGED_KMS_KEY",
      "history is encrypted with a key of AWS",
    );
    machine.present("encryptionConfiguration.kmsKeyId", "no key of ours is named");
  },
};
