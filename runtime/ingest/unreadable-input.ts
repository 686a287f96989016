import { UserError } from "../engine/files/clear-error";

/** A fault of the input, said of the input: it must not be taken for one of the output, nor for a file without sales. */
export class UnreadableInput extends UserError {}

const FAULTS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EIO: "the disk reports an error",
  ENOENT: "it is gone",
  ELOOP: "its links lead in a circle",
};

export function unreadable(error: unknown, name: string): unknown {
  const why = FAULTS[String((error as { code?: unknown }).code)];
  return why === undefined ? error : new UnreadableInput(`${name} cannot be read: ${why}`);
}
