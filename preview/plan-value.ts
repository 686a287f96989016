/** Stands for a value that is only known once the cloud has made the resource. */
export const UNKNOWN_MARKER = Object.freeze({ $unknown: true });
/** Stands for a secret: its value is never kept. */
export const SECRET_MARKER = Object.freeze({ $secret: true });

/** A value of a plan: plain data, with markers for what is unknown or secret. */
export type PlanValue =
  null | boolean | number | string | readonly PlanValue[] | { readonly [key: string]: PlanValue };

export function isUnknownMarker(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { $unknown?: unknown }).$unknown === true;
}

export function isSecretMarker(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { $secret?: unknown }).$secret === true;
}
