import type { Plan } from "../plan-environment";
export function drawArchitecture(plan: Plan): string {
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- ${plan.stack} --></svg>`;
}
