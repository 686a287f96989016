import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** One call that a provider of the rehearsal answered. */
export interface ProviderCall {
  readonly operation: "create" | "update" | "delete" | "read" | "construct";
  readonly urn: string;
  readonly type: string;
  readonly id: string;
}

/**
 * What the providers of a rehearsal have done, a line a call, in a file: the engine starts a process for every operation, so
 * the file is the imaginary account's memory too.
 */
export class ProviderJournal {
  private living: Map<string, string> | undefined;

  public constructor(private readonly file: string | undefined) {}

  /** Whether a resource of this type and id is there. The engine runs one process of a provider at a time. */
  public isLiving(type: string, id: string): boolean {
    this.living ??= livingAfter(this.read());
    return this.living.has(placeOf({ type, id }));
  }

  public write(call: ProviderCall): void {
    if (this.living !== undefined) apply(this.living, call);
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(call)}\n`);
  }

  public read(): ProviderCall[] {
    if (this.file === undefined || !existsSync(this.file)) return [];
    const lines = readFileSync(this.file, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as ProviderCall);
  }
}

const placeOf = ({ type, id }: Pick<ProviderCall, "type" | "id">) => `${type} ${id}`;

/** What is there after these calls: URNs by type and id. */
export function livingAfter(calls: readonly ProviderCall[]): Map<string, string> {
  const living = new Map<string, string>();
  for (const call of calls) apply(living, call);
  return living;
}

function apply(living: Map<string, string>, call: ProviderCall): void {
  if (call.operation === "create") living.set(placeOf(call), call.urn);
  if (call.operation === "delete") living.delete(placeOf(call));
}
