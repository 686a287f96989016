/**
 * A process that replaces the folder argv[2] by one with the file "new" and is killed before its argv[3]th change to the
 * file system after the fill.
 */
import fs from "node:fs";
import { replaceFolder } from "../../../../../runtime/engine/files/replace-folder";

const CHANGES = ["renameSync", "unlinkSync", "rmdirSync", "openSync", "writeFileSync", "fsyncSync"] as const;

type Call = (...given: unknown[]) => unknown;

const [, , target = "", step = ""] = process.argv;
let left = Infinity;

const calls = fs as unknown as Record<string, Call>;
for (const name of CHANGES) {
  const real = calls[name] as Call;
  calls[name] = (...given) => {
    if (left-- <= 0) process.kill(process.pid, "SIGKILL");
    return real(...given);
  };
}

void replaceFolder(target, (part) => {
  fs.writeFileSync(`${part}/new`, "new");
  left = Number(step);
  return Promise.resolve();
}).then(() => process.stdout.write("finished"));
