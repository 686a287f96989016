import { API_FUNCTIONS } from "./api";
import type { RoleName } from "./roles";

/** What looks at the experiments and moves the traffic. */
const RELEASE_FUNCTION = {
  entry: "release-function",
  role: "release-control",
  memoryMegabytes: 512,
  /** A rollback is tried for most of a minute; the rest is for reading, and for an endpoint that answers slowly. */
  timeoutSeconds: 180,
} as const satisfies { readonly role: RoleName } & Readonly<Record<string, unknown>>;

/** Every Lambda function, bundled from runtime/entry/<entry>.ts. */
export const FUNCTIONS = { ...API_FUNCTIONS, release: RELEASE_FUNCTION } as const;

export type FunctionName = keyof typeof FUNCTIONS;
