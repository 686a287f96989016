import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const digest = (text: string | Buffer) => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** The same for the same values, whatever the order in which an object's keys were set. */
export function fingerprintOf(value: unknown): string {
  return digest(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ),
  );
}

/** Name, size and time of the last change of every file: reading gigabytes again would cost more than most stages. */
export function fingerprintOfFiles(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return "absent";
  const files = stat.isDirectory() ? filesBelow(path) : [path];
  return fingerprintOf(
    files.map((file) => {
      const { size, mtimeMs } = statSync(file);
      return [relative(path, file), size, mtimeMs];
    }),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : statSync(path, { throwIfNoEntry: false }) ? [path] : [];
    });
}

const ROOT = join(__dirname, "..", "..", "..");
/** Folders whose code decides what a stage writes. */
const PROGRAM = ["contracts", "forecasting", "runtime"] as const;
let program: string | undefined;

/** What the running code is: another program may write another result from the same inputs. */
export function programFingerprint(): string {
  program ??= digest(
    PROGRAM.flatMap((folder) => filesBelow(join(ROOT, folder)))
      .map((file) => `${relative(ROOT, file)} ${digest(readFileSync(file))}`)
      .join("\n"),
  );
  return program;
}
