import { planEnvironment, type Plan } from "../../preview/plan-environment";

const plans = new Map<string, Promise<Plan>>();

/** The plan of an environment, made once per test process: it is the same every time (test/preview says so). */
export function planOf(stack: "dev" | "lean" | "prod", { preview = false } = {}): Promise<Plan> {
  const key = `${stack} ${preview}`;
  const known = plans.get(key);
  if (known) return known;
  // One after another: the SDK's runtime is one per process.
  const before = [...plans.values()].at(-1) ?? Promise.resolve();
  const plan = before.then(
    () => planEnvironment(stack, { preview }),
    () => planEnvironment(stack, { preview }),
  );
  plans.set(key, plan);
  return plan;
}
