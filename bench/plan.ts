import { join } from "node:path";
import type { BenchLine, BenchReport } from "./report";
import { runChild } from "./support/child-process";
import { figuresOf, inTurns, TURNS } from "./support/in-turns";
import { took } from "./support/words";

const ROOT = join(__dirname, "..");
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
  const cold =
    ({ argv }: Subject) =>
    () =>
      runChild(process.execPath, argv, ROOT);
  const medians = await inTurns(quick ? TURNS.quick : TURNS.full, {
    plan: cold(SUBJECTS.plan),
    json: cold(SUBJECTS.json),
    importTsx: cold(SUBJECTS.importTsx),
    importNode: cold(SUBJECTS.importNode),
  });
  const { plan, importTsx } = medians;
  const keys = Object.keys(SUBJECTS) as (keyof typeof SUBJECTS)[];
  const ratio = plan.cpuSeconds / importTsx.cpuSeconds;
  return {
    name: "plan",
    lines: keys.map((key): BenchLine => {
      const { what, note } = SUBJECTS[key];
      return { what, ...figuresOf(medians[key]), note };
    }),
    ratios: [
      { name: "CPU time, plan / bare import through tsx", value: ratio, target: "below 3" },
      { name: "plan / limit of 6 s", value: plan.seconds / TARGET_SECONDS, target: "below 1" },
    ],
    notes: ["medians; every run is a new process with a warm file cache"],
    claims: [
      {
        what: "`plan --stack prod`, cold, both environments",
        ours: took(plan),
        peer: `bare import of the SDK: ${took(importTsx)}`,
        ratio,
      },
    ],
  };
}
