import type { Settings } from "../stacks/settings-schema";

/**
 * Whether somebody must type the stack's name before a stack is changed or emptied: for production, whatever its stack is
 * called (`lean` is one), and for whatever protects its data.
 */
export function isConfirmedByName({
  environment,
  protectData,
}: Pick<Settings, "environment" | "protectData">): boolean {
  return environment === "prod" || protectData;
}
