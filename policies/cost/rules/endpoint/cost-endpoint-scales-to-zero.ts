import type { StackRule } from "../../../kit";
import { ENDPOINT, ENDPOINT_CONFIGURATION, SCALING_SCHEDULE, SCALING_TARGET } from "../tokens";
import { hostedVariants, scalingTargetsOf } from "./variants";

export const costEndpointScalesToZero: StackRule = {
  id: "cost-endpoint-scales-to-zero",
  title: "An endpoint of a non-production environment can stand at no instances",
  severity: "medium",
  rationale: "Nobody calls a development endpoint at night; its instances are billed all the same.",
  remedy: "Make the variant serverless, set the minimum capacity to 0, or schedule a scaling action to 0.",
  controls: [],
  optIn: true,
  inspects: {
    [ENDPOINT]: ["endpointConfigName"],
    [ENDPOINT_CONFIGURATION]: ["productionVariants[*].managedInstanceScaling.minInstanceCount"],
    [SCALING_TARGET]: ["minCapacity"],
    [SCALING_SCHEDULE]: ["scalableTargetAction.minCapacity"],
  },
  checkStack: (stack) => {
    for (const hosted of hostedVariants(stack)) {
      const targets = scalingTargetsOf(stack, hosted);
      const schedules = targets.flatMap((target) => stack.referring(target, SCALING_SCHEDULE, "resourceId"));
      const minimums = [
        hosted.variant.at("managedInstanceScaling.minInstanceCount"),
        ...targets.map((target) => target.at("minCapacity")),
        ...schedules.map((schedule) => schedule.at("scalableTargetAction.minCapacity")),
      ];
      const values = minimums.map((minimum) => minimum.read<number | string>());
      if (minimums.some((minimum) => minimum.presence === "unknown")) continue;
      if (!values.some((value) => value !== undefined && Number(value) === 0))
        hosted.configuration.fail(
          `variant ${hosted.name ?? "?"} always keeps an instance running`,
          hosted.variant.path,
        );
    }
  },
};
