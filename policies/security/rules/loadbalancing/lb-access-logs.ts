import type { ResourceRule } from "../../../kit";

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";

export const lbAccessLogs: ResourceRule = {
  id: "lb-access-logs",
  title: "Load balancers log their requests",
  severity: "medium",
  rationale: "Who called what, and what was answered, is nowhere else once the targets are gone.",
  controls: ["CKV_AWS_91", "ELB.5", "ELBLoggingEnabled", "guard:elb_logging_enabled"],
  inspects: { [LOAD_BALANCER]: ["accessLogs.enabled", "loadBalancerType"] },
  remedy: "Set accessLogs to { enabled: true, bucket }.",
  check: (balancer) => {
    if (balancer.at("loadBalancerType").known === "gateway") return;
    balancer.require<boolean>("accessLogs.enabled", (v) => v, "requests are not logged");
  },
};
