import { copyFileSync, linkSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeOf } from "./clear-error";
import { workNames } from "./work-names";

/**
 * Puts the files of a folder into another one, each whole or not at all: the same bytes under a second name where the disk
 * can, else copies. What is there already stays when it is the same file; hidden files are the program's own and stay away.
 *
 * @param isChosen whether an entry of `from` itself goes along, by its name
 */
export function linkFiles(from: string, to: string, isChosen: (name: string) => boolean = () => true): void {
  for (const name of readdirSync(from, { withFileTypes: true })) {
    if (name.name.startsWith(".") || !isChosen(name.name)) continue;
    const [source, target] = [join(from, name.name), join(to, name.name)];
    if (name.isDirectory()) linkFiles(source, target);
    else linkFile(source, target);
  }
}

/** One file under a second name. */
export function linkFile(source: string, target: string): void {
  const [given, found] = [statSync(source), statSync(target, { throwIfNoEntry: false })];
  if (found?.ino === given.ino && found.dev === given.dev) return;
  mkdirSync(dirname(target), { recursive: true });
  if (!found && link(source, target)) return;
  const part = workNames.filePart(target, process.pid);
  if (!link(source, part)) copyFileSync(source, part);
  renameSync(part, target);
}

/** @returns false where the disk knows no links, or the name is taken */
function link(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch (error) {
    if (["EXDEV", "EPERM", "ENOTSUP", "EMLINK", "EEXIST"].includes(String(codeOf(error)))) return false;
    throw error;
  }
}
