import type { ResourceRule } from "../../../kit";

const SERVICE = "aws:ecs/service:Service";

export const ecsNoPublicIp: ResourceRule = {
  id: "ecs-no-public-ip",
  title: "Tasks of services have no public address",
  severity: "high",
  rationale: "A task behind a load balancer is reached around it, and around its TLS and logs.",
  controls: ["CKV_AWS_333", "ECS.2"],
  inspects: { [SERVICE]: ["networkConfiguration.assignPublicIp"] },
  remedy: "Run the tasks in private subnets without assignPublicIp.",
  check: (service) =>
    service.forbid<boolean>(
      "networkConfiguration.assignPublicIp",
      (v) => v,
      "its tasks have public addresses",
    ),
};
