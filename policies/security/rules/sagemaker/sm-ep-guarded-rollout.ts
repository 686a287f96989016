import type { StackRule } from "../../../kit";
import { ENDPOINT, instanceVariants, VARIANT_PATHS } from "./endpoint-configurations";

export const smEpGuardedRollout: StackRule = {
  id: "sm-ep-guarded-rollout",
  title: "Endpoint updates are gradual and roll back on an alarm",
  severity: "medium",
  rationale: "All traffic moved at once to a broken model means a night without orders.",
  controls: ["SM-24"],
  inspects: {
    ...VARIANT_PATHS,
    [ENDPOINT]: [
      "deploymentConfig.autoRollbackConfiguration.alarms",
      "deploymentConfig.blueGreenUpdatePolicy",
      "deploymentConfig.rollingUpdatePolicy",
    ],
  },
  remedy:
    "Set deploymentConfig with a blueGreenUpdatePolicy (rolling is rejected for several variants) and autoRollbackConfiguration.alarms.",
  checkStack: (stack) => {
    for (const endpoint of stack.ofType(ENDPOINT)) {
      const variants = instanceVariants(stack, endpoint);
      if (variants?.length === 0) continue;
      endpoint.present(
        "deploymentConfig.autoRollbackConfiguration.alarms",
        "a bad update is not rolled back",
      );
      const blueGreen = endpoint.at("deploymentConfig.blueGreenUpdatePolicy");
      const rolling = endpoint.at("deploymentConfig.rollingUpdatePolicy");
      if (!blueGreen.isSet && !rolling.isSet) blueGreen.fail("an update moves all traffic at once");
      if (rolling.isSet && (variants?.length ?? 0) > 1) {
        rolling.fail("SageMaker rejects rolling updates of endpoints with several variants");
      }
    }
  },
};
