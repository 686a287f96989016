import { accessSync, constants, lstatSync, realpathSync, statSync, type Stats } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { UserError } from "./clear-error";
import { listed } from "../text/listed";
import { foreignEntries } from "./remove-owned";
import { LOCK, workNames } from "./work-names";

/** Bytes of a file name on every common file system. */
const LONGEST_NAME = 255;

/**
 * The absolute path of a folder that results may go to: absent, empty, or made by this program and holding nothing else.
 * Checks before any work, and again before the folder is replaced.
 *
 * @throws UserError that names the folder and what was found
 */
export function checkOutputFolder(target: string): string {
  const folder = plainPath(target);
  checkAncestor(folder, `the output folder ${target}`);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found) checkExisting(folder, found);
  for (const work of [workNames.part(folder), workNames.old(folder)]) checkWorkFolder(work);
  return folder;
}

function plainPath(target: string): string {
  const reject = (reason: string) =>
    new UserError(`the output folder is "${target}": ${reason}; allowed: the name of a folder`);
  if (target.trim() === "") throw reject("that is no name");
  // DuckDB takes a backslash for a separator of folders.
  if (/[\0\\]/.test(target)) throw reject("a backslash or a NUL cannot be in it");
  const folder = resolve(target);
  if (basename(folder) === "") throw reject("it cannot be replaced");
  if (Buffer.byteLength(basename(folder) + LOCK) + ".take".length > LONGEST_NAME)
    throw reject("it is too long");
  if (`${process.cwd()}${sep}`.startsWith(`${folder}${sep}`))
    throw reject("the folder that you are in cannot be replaced");
  return folder;
}

/** @param what the folder as an error names it: "the output folder week" */
export function checkAncestor(folder: string, what: string): void {
  const ancestor = nearestExisting(dirname(folder));
  if (!statSync(ancestor).isDirectory()) {
    throw new UserError(`${what} cannot be made: ${ancestor} is a file`);
  }
  try {
    accessSync(ancestor, constants.W_OK | constants.X_OK);
  } catch {
    throw new UserError(`${what} cannot be made: ${ancestor} cannot be written`);
  }
}

export function nearestExisting(path: string): string {
  for (let at = resolve(path); ; at = dirname(at)) {
    if (statSync(at, { throwIfNoEntry: false }) || at === dirname(at)) return realpathSync(at);
  }
}

function checkExisting(folder: string, found: Stats): void {
  const reject = (what: string) =>
    new UserError(
      `the output folder ${folder} ${what}: nothing was changed; name a folder that is new, empty, or made by this program`,
    );
  if (found.isSymbolicLink()) throw reject("is a link");
  if (!found.isDirectory()) throw reject("is a file");
  const foreign = foreignEntries(folder);
  if (foreign.length > 0) throw reject(`holds ${listed(foreign)}, which this program did not write`);
}

function checkWorkFolder(work: string): void {
  const found = lstatSync(work, { throwIfNoEntry: false });
  if (!found) return;
  const foreign = found.isDirectory() ? foreignEntries(work) : [join(".", basename(work))];
  if (foreign.length > 0) {
    throw new UserError(
      `${work} holds ${listed(foreign)}, which this program did not write: move it; nothing was changed`,
    );
  }
}
