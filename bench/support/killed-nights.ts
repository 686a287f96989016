import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { publishedKey } from "../../contracts/runs";
import { LocalCloud } from "../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../runtime/pipelines/local/local-place";
import { openLocalAccount } from "../../scripts/pipeline/local-account";

/** A moment of a night: so long after the line that tells that the state is over. */
export interface Kill {
  readonly after: string;
  /** In the middle of what the next state writes. */
  readonly milliseconds: number;
}

const ROOT = join(__dirname, "..", "..");
const WORLD = { stores: 4, skus: 60, days: 60, seed: 7 };

/** A week in a folder: what each night begins with. */
export async function openWeek(account: string): Promise<void> {
  const runs = await openLocalAccount({ account, world: WORLD });
  const end = await runs.follow(await runs.start("weekly", undefined), () => undefined);
  if (end.status !== "SUCCEEDED") throw new Error(`weekly: ${end.status}, ${end.detail}`);
}

/** The night may be over before a late kill: then another copy is killed in half the time. */
const ATTEMPTS = 5;

/** Runs `npm run pipeline -- nightly` in a copy of the week. */
export async function runNightIn(week: string, account: string): Promise<Digests> {
  cpSync(week, account, { recursive: true });
  await finishNight(account);
  return filesOf(account);
}

/**
 * As runNightIn, but kills the process (SIGKILL) where it is said, and runs it again.
 *
 * @throws when the night was always over before
 */
export async function runKilledNightIn(week: string, account: string, kill: Kill): Promise<NightOutcome> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    rmSync(account, { recursive: true, force: true });
    cpSync(week, account, { recursive: true });
    const milliseconds = kill.milliseconds / 2 ** (attempt - 1);
    if ((await nightly(account, { ...kill, milliseconds })) !== "SIGKILL") continue;
    const wasPublished = existsSync(publishedNight(account));
    await finishNight(account);
    return { milliseconds, attempt, wasPublished, files: filesOf(account) };
  }
  throw new Error(`the night was over before a kill after ${kill.after}, ${ATTEMPTS} times`);
}

async function finishNight(account: string): Promise<void> {
  const ended = await nightly(account);
  if (ended !== 0) throw new Error(`the night in ${account} ended with ${ended}`);
}

/** Of all that a night leaves for others, by name. */
type Digests = Readonly<Record<string, string>>;

interface NightOutcome {
  /** After the state, when the kill came. */
  readonly milliseconds: number;
  /** The kill that was not too late, from 1 on. */
  readonly attempt: number;
  /** Before the second process. */
  readonly wasPublished: boolean;
  readonly files: Digests;
}

async function nightly(account: string, kill?: Kill): Promise<number | NodeJS.Signals | null> {
  const script = join(ROOT, "scripts", "smartretail.mjs");
  const child = spawn(process.execPath, [script, "pipeline", "nightly", "--account", account], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  createInterface(child.stderr).on("line", (line) => {
    if (kill && line.startsWith(`  ${kill.after} (`))
      void pause(kill.milliseconds).then(() => child.kill("SIGKILL"));
  });
  const [code, signal] = await ended;
  return signal ?? code;
}

function publishedNight(account: string): string {
  return new LocalCloud(account).objectPath(localPlace().buckets.results, publishedKey("night"));
}

/** Objects of the results and what was told to people and services; a line of alerts.log told twice is a difference. */
function filesOf(account: string): Record<string, string> {
  const roots = [
    join("s3", localPlace().buckets.results),
    "online",
    "alerts",
    "metrics",
    "events",
    "alerts.log",
  ];
  const files = roots.flatMap((root) => (existsSync(join(account, root)) ? below(join(account, root)) : []));
  const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(files.sort().map((path) => [relative(account, path), digest(path)]));
}

function below(path: string): string[] {
  if (path.endsWith(".log")) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
