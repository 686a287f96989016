import type { ResourceRule } from "../../../kit";

export const sfnNoPayloadLogging: ResourceRule = {
  id: "sfn-no-payload-logging",
  title: "State machines log execution data only where the policy says so",
  severity: "low",
  rationale: "Payloads help to debug and repeat business data in the log: each environment decides.",
  controls: [],
  inspects: { "aws:sfn/stateMachine:StateMachine": ["loggingConfiguration.includeExecutionData"] },
  remedy: "Set loggingConfiguration.includeExecutionData as the option desired says.",
  options: {
    desired: {
      type: "boolean",
      description:
        "false keeps payloads out of the log (privacy); true demands them (CKV_AWS_285 asks for that).",
      default: false,
    },
  },
  check: (machine) => {
    const included = machine.at("loggingConfiguration.includeExecutionData");
    const value = included.read<boolean>(false);
    if (value !== undefined && value !== machine.option<boolean>("desired"))
      included.fail("execution data in the log is not as desired");
  },
};
