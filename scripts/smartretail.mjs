#!/usr/bin/env node
// @ts-check
/**
 * `smartretail <command>`: the one command line behind the npm scripts. Plain JavaScript, because help must come at once:
 * the TypeScript loader alone takes longer than all of it.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { getHeapStatistics } from "node:v8";

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} script file from here, exporting `main(argv)` that gives the exit code
 * @property {string} summary
 * @property {Record<string, string>} options
 * @property {number} [leastHeapMegabytes] without which not even its code can be loaded; default 256
 * @property {string} [stopped] what is true when a signal has ended it; default: of a command that writes files
 * @property {boolean} [usesSdk] it loads parts with `import()`, which needs the loader of ES modules too
 */

/** Megabytes of V8's heap that a plan takes, and those that its limit has besides, for what is young. */
const LEAST_HEAP_MEGABYTES = 256;
const YOUNG_MEGABYTES = 48;

const require = createRequire(import.meta.url);
/** @type {readonly Command[]} */
const commands = JSON.parse(readFileSync(new URL("commands.json", import.meta.url), "utf8"));

process.stdout.on("error", endOutput);
process.stderr.on("error", nobodyHears);

const [name, ...argv] = process.argv.slice(2);
const isHelp = (/** @type {string | undefined} */ text) => text === "--help" || text === "-h";

if (name === undefined || isHelp(name) || name === "help") {
  const topic = name === undefined || isHelp(name) ? undefined : argv[0];
  const command = commands.find((each) => each.name === topic);
  if (topic !== undefined && command === undefined) fail(topic);
  else process.stdout.write(command === undefined ? overview() : help(command));
} else {
  const command = commands.find((each) => each.name === name);
  if (command === undefined) fail(name);
  else if (argv.some(isHelp)) process.stdout.write(help(command));
  else if (hasMemoryFor(command)) await run(command);
}

/** @param {Command} command */
async function run(command) {
  // The AWS SDK would announce on stderr which Node.js its releases of 2027 want; ours is pinned (docs/adr/0001).
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  require("tsx/cjs");
  if (command.usesSdk === true) (await import("tsx/esm/api")).register();
  process.stdout.removeListener("error", endOutput);
  process.stderr.removeListener("error", nobodyHears);
  process.argv.splice(2, process.argv.length, ...argv);
  // Loaded within: parts below take their memory when they are loaded, and there may be too little of it.
  require("./terminal/run-command.ts").runCommand(
    (/** @type {readonly string[]} */ given) => require(command.script).main(given),
    command.stopped,
  );
}

/**
 * Of help and of a mistake alone; a command has its own rule (terminal/run-command.ts). A reader that closes the pipe has
 * read enough.
 *
 * @param {NodeJS.ErrnoException} error
 */
function endOutput({ code, message }) {
  if (code === "EPIPE") return;
  process.exitCode = 1;
  const reason = code === "ENOSPC" ? "its device is full" : message;
  process.stderr.write(`the output cannot be written: ${reason}\n`);
}

function nobodyHears() {}

/** @param {Command} command */
function help({ name: command, summary, options }) {
  const width = Math.max(...Object.keys(options).map((option) => option.length));
  const lines = Object.entries(options).map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`);
  return [`npm run ${command} -- ${Object.keys(options).join(" ")}`, "", summary, "", ...lines, ""].join(
    "\n",
  );
}

function overview() {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    "npm run <command> -- [options]   (or: npx smartretail <command> [options])",
    "",
    ...lines,
    "",
    "npm run <command> -- --help shows one of them.",
    "",
  ].join("\n");
}

/** @param {Command} command */
function hasMemoryFor({ leastHeapMegabytes = LEAST_HEAP_MEGABYTES }) {
  const megabytes = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20) - YOUNG_MEGABYTES;
  if (megabytes >= leastHeapMegabytes) return true;
  process.stderr.write(
    `too little memory: Node.js may use ${megabytes} MB, and ${leastHeapMegabytes} MB are the least; give it more, as in NODE_OPTIONS=--max-old-space-size=2048\n`,
  );
  process.exitCode = 1;
  return false;
}

/** @param {string} given */
function fail(given) {
  const known = commands.map((command) => command.name).join(", ");
  process.stderr.write(`"${given}" is no command; there are: ${known}\n`);
  process.exitCode = 1;
}
