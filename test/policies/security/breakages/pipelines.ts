import { inTask, put, statement, unset, type RuleCases } from "../../support/breakage";
import { ACCOUNT } from "../../support/fixture";
import { T } from "./types";

export const pipelineCases: RuleCases = {
  "sfn-logging": {
    breakages: [
      put(T.machine, "loggingConfiguration.level", "OFF"),
      unset(T.machine, "loggingConfiguration.logDestination"),
    ],
  },
  "sfn-no-payload-logging": {
    breakages: [put(T.machine, "loggingConfiguration.includeExecutionData", true)],
  },
  "sfn-tracing": {
    breakages: [
      put(T.machine, "tracingConfiguration.enabled", false),
      unset(T.machine, "tracingConfiguration"),
    ],
  },
  "sfn-cmk": {
    breakages: [
      put(T.machine, "encryptionConfiguration.type", "AWS_OWNED_KEY"),
      unset(T.machine, "encryptionConfiguration"),
    ],
  },
  "sfn-no-secrets": {
    breakages: [
      inTask(
        "createTrainingJob",
        "with a key",
        (args) => (args.Environment = { AWS_KEY: "AKIAIOSFODNN7EXAMPLE" }),
      ),
    ],
  },
  "sfn-tasks-bounded": {
    breakages: [
      inTask("createTrainingJob", "without a time limit", (_, state) => delete state.TimeoutSeconds),
      inTask("createTrainingJob", "without a retry", (_, state) => delete state.Retry),
      inTask("createProcessingJob", "without a catch", (_, state) => delete state.Catch),
    ],
  },
  "eb-bus-closed": {
    options: { trustedAccounts: [ACCOUNT] },
    breakages: [
      statement(T.busPolicy, "policy", {
        Sid: "All",
        Effect: "Allow",
        Principal: "*",
        Action: "events:PutEvents",
        Resource: "*",
      }),
      statement(T.busPolicy, "policy", {
        Sid: "Other",
        Effect: "Allow",
        Principal: { AWS: "999999999999" },
        Action: "events:PutEvents",
        Resource: "*",
      }),
      put(T.busPermission, "principal", "*"),
    ],
  },
  "eb-target-dlq": {
    breakages: [unset(T.eventTarget, "deadLetterConfig"), unset(T.eventTarget, "retryPolicy")],
  },
  "sched-cmk": { breakages: [unset(T.scheduler, "kmsKeyArn")] },
  "sched-dlq": {
    breakages: [unset(T.scheduler, "target.deadLetterConfig"), unset(T.scheduler, "target.retryPolicy")],
  },
};
