import { basename, dirname, join } from "node:path";

/**
 * Names of what stands beside a target while it is being made; nothing else of this program has such a name, and people
 * do not choose such names for their backups:
 *
 *   <name>.smartretail-part         the new folder while it fills
 *   <name>.smartretail-part-<pid>   the new file while it is written
 *   <name>.smartretail-old          the folder that was replaced, until it is removed
 *   <name>.smartretail-lock         who works on the target
 *   <name>.smartretail-rejected.csv the rows that an ingest rejected which failed by them, until one succeeds
 */
export const PART = ".smartretail-part";
export const OLD = ".smartretail-old";
export const LOCK = ".smartretail-lock";
const REJECTED = ".smartretail-rejected.csv";

const beside = (target: string, suffix: string) => join(dirname(target), `${basename(target)}${suffix}`);

export const workNames = {
  part: (target: string) => beside(target, PART),
  filePart: (target: string, pid: number) => beside(target, `${PART}-${pid}`),
  old: (target: string) => beside(target, OLD),
  lock: (target: string) => beside(target, LOCK),
  rejected: (target: string) => beside(target, REJECTED),
};

/** Whether a name is one of those above. */
export function isWorkName(name: string): boolean {
  return /\.smartretail-(?:part(?:-\d+)?|old|lock(?:\.take)*|rejected\.csv)$/.test(name);
}

/** Whether `name` is what a killed process left of writing the file `of`. */
export function isFilePartOf(of: string, name: string): boolean {
  return name.startsWith(`${of}${PART}-`) && /^\d+$/.test(name.slice(of.length + PART.length + 1));
}
