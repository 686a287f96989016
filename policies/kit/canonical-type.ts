import { TYPE_ALIASES } from "./type-aliases";

/** The name under which rules know a resource type: the provider has renamed some, and has two names for others. */
export function canonicalType(type: string): string {
  return TYPE_ALIASES[type] ?? type;
}

/** Every name of a type, its own first. */
export function namesOfType(type: string): string[] {
  const others = Object.entries(TYPE_ALIASES).filter(([, current]) => current === type);
  return [type, ...others.map(([old]) => old)];
}
