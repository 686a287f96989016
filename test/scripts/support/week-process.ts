import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..", "..");
/** A run of about two seconds. */
export const TINY = ["--stores", "4", "--skus", "12", "--days", "60"];

/** `npm run forecast` as a process of its own, without npm between. */
export function startWeek(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = {},
  prefix: string[] = [],
): ChildProcess {
  const command = [...prefix, process.execPath, "--require", "tsx/cjs", "scripts/forecast-week.ts", ...argv];
  return spawn(command[0] ?? "", command.slice(1), { cwd: ROOT, env: { ...process.env, ...env } });
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly error: string;
}

export async function endOf(child: ChildProcess): Promise<Ended> {
  const texts = { out: "", error: "" };
  child.stdout?.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (texts.error += chunk.toString()));
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...texts };
}

export const runWeekProcess = (argv: readonly string[], env?: NodeJS.ProcessEnv, prefix?: string[]) =>
  endOf(startWeek(argv, env, prefix));

/** What a run decides: forecasts, orders, models (and which of them a night took) and factors, by their bytes. The report has seconds in it. */
export function figuresOf(out: string): Record<string, string> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /(forecasts|orders|models?|baseline)\.(parquet|csv|json)$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [
        file.slice(out.length + 1),
        createHash("sha256").update(readFileSync(file)).digest("hex"),
      ]),
  );
}
