/**
 * `npm run doctor [-- --offline] [--json]`: what is installed here and what is missing for what, whose credentials these are
 * and which stacks they could touch. Changes nothing.
 */
import { existsSync, readFileSync, statfsSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { readStackConfig, stackNames } from "../preview/stack-config";
import { parseSettings } from "../stacks/settings";
import type { Caller } from "./caller";
import { TOOLS, toolVersion, type Tool } from "./doctor/find-tool";
import { colour, type Colour } from "./terminal/colour";
import { type Output, terminalOutput } from "./terminal/output";
import { parseOptions } from "./terminal/parse-options";
import { readableText, runCommand } from "./terminal/run-command";
import { table } from "./terminal/table";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const OPTIONS = {
  offline: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Memory of a forecast week of the default size, and of batch scoring for 500 stores, with room to spare. */
const ENOUGH_MEMORY_GB = 2;
/** Generated data, lake and results of the default size are about 0.3 GB. */
const ENOUGH_DISK_GB = 1;

interface Line {
  /** `missing` stops what every user does; `absent` only what `neededFor` says. */
  readonly state: "ok" | "absent" | "missing";
  readonly what: string;
  readonly found: string;
  readonly neededFor: string;
}

interface Io extends Output {
  readonly root: string;
  readonly nodeVersion: string;
  readonly version: (tool: Tool) => string | undefined;
  /** Whose credentials these are; undefined where there are none. */
  readonly caller: (region: string) => Promise<Caller | undefined>;
}

const terminal = (): Io => ({
  ...terminalOutput(),
  root: ROOT,
  nodeVersion: process.versions.node,
  version: toolVersion,
  caller: liveCaller,
});

/** The SDK is loaded here and not before: with --offline none of it is needed. */
async function liveCaller(region: string): Promise<Caller | undefined> {
  const [{ STSClient }, { callerOf }] = await Promise.all([
    import("@aws-sdk/client-sts"),
    import("./caller.js"),
  ]);
  try {
    return await callerOf(new STSClient({ region }));
  } catch (error) {
    if ((error as Error).name === "CredentialsProviderError") return undefined;
    throw error;
  }
}

/** @returns the exit code: 1 when something is missing that every user needs */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  const { offline, json } = parseOptions(argv, OPTIONS, usageOf("doctor"));
  const lines = [
    nodeLine(io),
    packagesLine(io),
    ...machineLines(io),
    ...TOOLS.map((tool) => toolLine(tool, io)),
    ...(offline ? [] : await accountLines(io)),
  ];
  if (json) io.out(JSON.stringify(lines, undefined, 2));
  else for (const line of report(lines, colour(io.colour))) io.out(line);
  return lines.some(({ state }) => state === "missing") ? 1 : 0;
}

function nodeLine({ root, nodeVersion }: Io): Line {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    engines: { node: string };
  };
  const isEnough = compareVersions(nodeVersion, engines.node.replace(">=", "")) >= 0;
  return {
    state: isEnough ? "ok" : "missing",
    what: "Node.js",
    found: nodeVersion,
    neededFor: `everything (${engines.node})`,
  };
}

/** @returns below 0, 0 or above 0, as `a` is older than, equal to or newer than `b` */
function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((text) => text.split(".").map(Number));
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : left[at]! - (right[at] ?? 0);
}

/** npm writes what it installed; an older one than the lock file is a checkout that was updated without `npm ci`. */
function packagesLine({ root }: Io): Line {
  const installed = join(root, "node_modules", ".package-lock.json");
  const what = "packages";
  const neededFor = "everything: npm ci";
  if (!existsSync(installed)) return { state: "missing", what, found: "none", neededFor };
  const versions = (file: string) =>
    Object.entries(
      (JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, { version?: string }> }).packages,
    );
  const present = new Map(versions(installed).map(([path, { version }]) => [path, version]));
  // Packages for other systems are in the lock file and are not installed.
  const differing = versions(join(root, "package-lock.json")).filter(
    ([path, { version }]) => path !== "" && present.has(path) && present.get(path) !== version,
  );
  if (differing.length === 0) return { state: "ok", what, found: `${present.size} installed`, neededFor };
  const [path = ""] = differing[0] ?? [];
  const found = `${differing.length} not as in package-lock.json, such as ${path.replace("node_modules/", "")}`;
  return { state: "missing", what, found, neededFor };
}

function machineLines({ root }: Io): Line[] {
  const memoryGb = totalmem() / 1e9;
  const { bavail, bsize } = statfsSync(root);
  const diskGb = (bavail * bsize) / 1e9;
  const line = (what: string, gigabytes: number, enough: number, neededFor: string): Line => ({
    state: gigabytes >= enough ? "ok" : "absent",
    what,
    found: `${gigabytes.toFixed(1)} GB`,
    neededFor,
  });
  return [
    line("memory", memoryGb, ENOUGH_MEMORY_GB, `a forecast week (${ENOUGH_MEMORY_GB} GB)`),
    line("free disk", diskGb, ENOUGH_DISK_GB, `data and results (${ENOUGH_DISK_GB} GB)`),
  ];
}

function toolLine(tool: Tool, io: Io): Line {
  const version = io.version(tool);
  return {
    state: version === undefined ? "absent" : "ok",
    what: tool.command,
    found: version ?? "not found",
    neededFor: tool.neededFor,
  };
}

/** Whose credentials these are, and for each stack whether they could touch it. */
async function accountLines({ root, caller }: Io): Promise<Line[]> {
  const stacks = stackNames(root).map((stack) => {
    const { config } = readStackConfig(root, stack);
    return { stack, region: config["aws:region"] ?? "", settings: parseSettings(config) };
  });
  const neededFor = "commands that ask or change an account; nothing else";
  const without = (found: string): Line[] => [{ state: "absent", what: "AWS credentials", found, neededFor }];
  let who: Caller | undefined;
  try {
    who = await caller(stacks[0]?.region ?? "");
  } catch (error) {
    // Expired credentials or no network: a finding like the others.
    const reason = readableText(error);
    if (reason === undefined) throw error;
    return without(reason);
  }
  if (who === undefined) return without("none");
  return [
    { state: "ok", what: "AWS credentials", found: who.arn, neededFor },
    ...stacks.map(({ stack, region, settings: { allowedAccountIds } }): Line => {
      const isAllowed = allowedAccountIds.includes(who.accountId);
      const accounts = allowedAccountIds.join(", ");
      const found = isAllowed
        ? `would be touched: account ${who.accountId}, ${region}`
        : `out of reach: it allows ${accounts}, these credentials are of ${who.accountId}`;
      return { state: isAllowed ? "ok" : "absent", what: `stack ${stack}`, found, neededFor };
    }),
  ];
}

function report(lines: readonly Line[], paint: Colour): string[] {
  const marks = { ok: paint.green("ok"), absent: paint.yellow("absent"), missing: paint.red("missing") };
  const rows = lines.map(({ state, what, found, neededFor }) => [marks[state], what, found, neededFor]);
  return table([{ title: "" }, { title: "what" }, { title: "found" }, { title: "needed for" }], rows);
}

if (require.main === module) runCommand(main);
