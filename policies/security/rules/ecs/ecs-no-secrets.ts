import type { ResourceRule } from "../../../kit";
import { secretInVariable } from "../../secrets";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

interface Container {
  readonly name?: unknown;
  readonly environment?: unknown;
}

export const ecsNoSecrets: ResourceRule = {
  id: "ecs-no-secrets",
  title: "Container definitions hold no secrets",
  severity: "critical",
  rationale:
    "Everybody who may describe a task definition reads its environment; old revisions keep it for ever.",
  controls: ["ECS.8", "AWS-0036", "ECSTaskDefinitionNoEnvironmentVariables"],
  inspects: { [TASK]: ["containerDefinitions"] },
  remedy: "Name the secret or parameter under secrets (valueFrom), and let ECS read it.",
  check: (task) => {
    const text = task.at("containerDefinitions").read<string>();
    if (text === undefined) return;
    const containers = parse(text);
    if (!containers) return task.fail("containerDefinitions is no JSON list", "containerDefinitions");
    for (const { name, environment } of containers)
      for (const variable of Array.isArray(environment) ? (environment as Record<string, unknown>[]) : []) {
        const key = String(variable.name ?? "");
        const secret = secretInVariable(key, String(variable.value ?? ""));
        if (secret)
          task.fail(
            `container ${String(name)}: the variable ${key} holds ${secret}`,
            "containerDefinitions",
            key,
          );
      }
  },
};

/** Undefined when the text is no list of objects. */
function parse(text: string): Container[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((item) => item !== null && typeof item === "object") : undefined;
  } catch {
    return undefined;
  }
}
