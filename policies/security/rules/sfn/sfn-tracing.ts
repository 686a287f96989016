import type { ResourceRule } from "../../../kit";

export const sfnTracing: ResourceRule = {
  id: "sfn-tracing",
  title: "State machines are traced",
  severity: "low",
  rationale: "A trace shows which service a slow night waited for.",
  controls: ["CKV_AWS_284", "AWS-0117", "StepFunctionStateMachineXray"],
  inspects: { "aws:sfn/stateMachine:StateMachine": ["tracingConfiguration.enabled"] },
  remedy: "Set tracingConfiguration.enabled to true.",
  check: (machine) =>
    machine.require<boolean>("tracingConfiguration.enabled", (v) => v, "executions are not traced"),
  remediate: (properties) => {
    properties.tracingConfiguration = { enabled: true };
  },
};
