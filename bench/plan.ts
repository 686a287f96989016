import { join } from "node:path";
import type { BenchLine, BenchReport } from "./report";
import { coldRun } from "./support/cold-run";

const ROOT = join(__dirname, "..");
/** Runs of each line, taken in turns so that a busy machine slows all of them; the fastest counts. */
const RUNS = { full: 5, quick: 2 } as const;
const TARGET_SECONDS = 6;

interface Subject {
  readonly what: string;
  readonly argv: readonly string[];
  readonly note: string;
}

const SUBJECTS = {
  plan: {
    what: "plan --stack prod, cold",
    argv: ["--import", "tsx", "scripts/plan.ts", "--stack", "prod"],
    note: "both environments recorded, checked and compared",
  },
  json: {
    what: "plan --stack prod --json -, cold",
    argv: ["--import", "tsx", "scripts/plan.ts", "--stack", "prod", "--json", "-"],
    note: "one environment",
  },
  importTsx: {
    what: "import @pulumi/pulumi and @pulumi/aws, through tsx",
    argv: ["--import", "tsx", "bench/peers/import-sdk.ts"],
    note: "peer: what a program of three lines costs",
  },
  importNode: {
    what: "require @pulumi/pulumi and @pulumi/aws, plain node",
    argv: ["-e", 'require("@pulumi/pulumi"); require("@pulumi/aws").s3.Bucket'],
    note: "peer: without a TypeScript loader",
  },
} as const satisfies Record<string, Subject>;

/** A cold plan of prod beside a bare import of the SDK that it cannot be faster than, each in a process of its own. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const best: Record<string, BenchLine> = {};
  for (let turn = 0; turn < (quick ? RUNS.quick : RUNS.full); turn++) {
    for (const [key, { what, argv, note }] of Object.entries(SUBJECTS)) {
      const { seconds, peakMegabytes } = await coldRun(process.execPath, argv, ROOT);
      if (seconds < (best[key]?.seconds ?? Infinity)) best[key] = { what, seconds, peakMegabytes, note };
    }
  }
  const seconds = (key: keyof typeof SUBJECTS) => best[key]?.seconds ?? NaN;
  return {
    name: "plan",
    lines: Object.values(best),
    ratios: [
      {
        name: "plan / bare import through tsx",
        value: seconds("plan") / seconds("importTsx"),
        target: "below 3",
      },
      { name: "plan / limit of 6 s", value: seconds("plan") / TARGET_SECONDS, target: "below 1" },
    ],
    notes: ["fastest of several runs taken in turns; every run is a new process with a warm file cache"],
  };
}
