import { join } from "node:path";
import type { BenchLine, BenchReport } from "./report";
import { runChild } from "./support/child-process";
import { figuresOf, inTurns, TURNS } from "./support/in-turns";
import { took } from "./support/words";

const ROOT = join(__dirname, "..");
const TARGET_SECONDS = 0.15;
const MAIN = join("scripts", "smartretail.mjs");

const SUBJECTS = {
  help: { what: "smartretail --help, cold", argv: [MAIN, "--help"], note: "all commands" },
  commandHelp: { what: "smartretail plan --help, cold", argv: [MAIN, "plan", "--help"], note: "one command" },
  node: { what: "an empty program of Node.js, cold", argv: ["-e", ""], note: "peer: nothing can be faster" },
} as const;

/** A cold help beside a process that does nothing. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const cold = (argv: readonly string[]) => () => runChild(process.execPath, argv, ROOT);
  const medians = await inTurns(quick ? TURNS.quick : TURNS.full, {
    help: cold(SUBJECTS.help.argv),
    commandHelp: cold(SUBJECTS.commandHelp.argv),
    node: cold(SUBJECTS.node.argv),
  });
  const { help, node } = medians;
  const keys = Object.keys(SUBJECTS) as (keyof typeof SUBJECTS)[];
  return {
    name: "command-line",
    lines: keys.map((key): BenchLine => {
      const { what, note } = SUBJECTS[key];
      return { what, ...figuresOf(medians[key]), note };
    }),
    ratios: [{ name: "help / limit of 150 ms", value: help.seconds / TARGET_SECONDS, target: "below 1" }],
    notes: ["medians; every run is a new process with a warm file cache"],
    claims: [
      {
        what: "`smartretail --help`, cold",
        ours: took(help),
        peer: `an empty program: ${took(node)}`,
        ratio: help.cpuSeconds / node.cpuSeconds,
      },
    ],
  };
}
