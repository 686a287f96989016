/** Jobs, functions and services that act for the platform; people have roles of their own. */
export const ROLE_NAMES = [
  "processing",
  "training",
  "inference",
  "experiment",
  "feature-store",
  "state-machines",
  "scheduler",
  "router",
  "release-control",
  "order-api",
] as const;

export type RoleName = (typeof ROLE_NAMES)[number];
