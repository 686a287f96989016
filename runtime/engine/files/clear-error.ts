/** A fault that a person can mend: a command shows its message alone, without a stack. */
export class UserError extends Error {
  public override readonly name = "UserError";
}

export function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const FULL = /no space left on device|ENOSPC|disk is full|EDQUOT|quota exceeded/i;
const TOO_MANY = /too many open files|EMFILE|ENFILE/i;
const DENIED = /permission denied|EACCES|EPERM|read-only file system|EROFS/i;
const NO_MEMORY =
  /Array buffer allocation failed|cannot allocate (?:wasm )?memory|ENOMEM|failed to map segment|bad_alloc|ERR_WORKER_OUT_OF_MEMORY|reaching memory limit/i;
const TOO_LONG = /file name too long|ENAMETOOLONG/i;

/** DuckDB and Node report the faults of a disk in different words; people get one line that names `target`. */
export function asClearError(error: unknown, target: string): Error {
  if (error instanceof UserError) return error;
  const text = `${String(codeOf(error) ?? "")} ${messageOf(error)}`;
  const clear = (message: string) => new UserError(message, { cause: error });
  if (FULL.test(text)) {
    return clear(
      `no space left on the disk of ${target}: free some or choose another folder; nothing was written`,
    );
  }
  if (TOO_MANY.test(text)) {
    return clear(`too many open files while working on ${target}: allow more of them (ulimit -n 1024)`);
  }
  if (NO_MEMORY.test(text)) {
    const [reason] = messageOf(error).split("\n");
    return clear(
      `too little memory: raise the limit of this process (ulimit -v, a container's) or take fewer stores at once (${reason})`,
    );
  }
  if (TOO_LONG.test(text)) return clear(`${target} cannot be written: its name is too long`);
  if (DENIED.test(text) && isOf(error, target))
    return clear(`${target} cannot be written (${messageOf(error).split("\n")[0]})`);
  return error instanceof Error ? error : new Error(messageOf(error));
}

/** Whether a disk was full, also where that has been said in clear words already. */
export function isDiskFull(error: unknown): boolean {
  const first = error instanceof UserError ? error.cause : error;
  return FULL.test(`${String(codeOf(first) ?? "")} ${messageOf(first)}`);
}

/** An input that may not be read is no fault of the output. */
function isOf(error: unknown, target: string): boolean {
  const path = typeof error === "object" && error !== null && "path" in error ? error.path : undefined;
  return typeof path === "string" ? path.startsWith(target) : messageOf(error).includes(target);
}
