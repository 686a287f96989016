import type { ResourceRule } from "../../../kit";

export const sfnLogging: ResourceRule = {
  id: "sfn-logging",
  title: "State machines log their errors",
  severity: "medium",
  rationale: "Without a log a failed night is explained only by the 90 days of execution history, if at all.",
  controls: [
    "CKV_AWS_285",
    "StepFunctions.1",
    "AWS-0119",
    "StepFunctionStateMachineAllLogsToCloudWatch",
    "StepFunctionStateMachineErrorLogsToCloudWatch",
  ],
  inspects: {
    "aws:sfn/stateMachine:StateMachine": [
      "loggingConfiguration.level",
      "loggingConfiguration.logDestination",
    ],
  },
  remedy: 'Set loggingConfiguration.level to "ERROR" or "ALL" and logDestination to a log group.',
  check: (machine) => {
    const level = machine.at("loggingConfiguration.level").read<string>("OFF");
    if (level !== undefined && !["ERROR", "ALL"].includes(level))
      return machine.at("loggingConfiguration.level").fail("errors are not logged");
    machine.present("loggingConfiguration.logDestination", "the log has no destination");
  },
};
