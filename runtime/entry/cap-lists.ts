/** Entries of a list that a job's line of JSON shows. */
const SHOWN = 20;

/** A report with long lists cut: a line of a log has an end (256 kB in CloudWatch), whatever lies in the input folder. */
export function capLists<T>(value: T): T {
  if (Array.isArray(value)) {
    const shown: unknown[] = value.slice(0, SHOWN).map(capLists);
    return (value.length > SHOWN ? [...shown, `and ${value.length - SHOWN} more`] : shown) as T;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const capped = entries.slice(0, 10 * SHOWN).map(([key, part]) => [key, capLists(part as unknown)]);
  return Object.fromEntries(capped) as T;
}
