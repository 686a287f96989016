import { physicalName } from "../components/physical-name";
import type { Context } from "./context";
import { PERSONAS, type Persona } from "./settings";

/** IAM: a role name has at most 64 characters. */
const ROLE_NAME_MAX = 64;

const WORKLOADS = [
  "processing",
  "training",
  "inference",
  "feature-store",
  "state-machines",
  "scheduler",
  "router",
  "release-control",
  "order-api",
] as const;

export type RoleName = `studio-${Persona}` | (typeof WORKLOADS)[number];

export const ROLE_NAMES: readonly RoleName[] = [
  ...PERSONAS.map((persona) => `studio-${persona}` as const),
  ...WORKLOADS,
];

type Place = Pick<Context, "prefix" | "accountId">;

export function physicalRoleName(context: Pick<Place, "prefix">, name: RoleName): string {
  return physicalName(ROLE_NAME_MAX, context.prefix, name);
}

/** ARN of a role, known before the role exists. */
export function roleArn(context: Place, name: RoleName): string {
  return `arn:aws:iam::${context.accountId}:role/${physicalRoleName(context, name)}`;
}
