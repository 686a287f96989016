import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { stackNames } from "../preview/stack-config";
import { DEPLOYMENT_CHECK_MINUTES } from "../contracts/metrics";

const FOLDER = ".github/workflows";
interface Job {
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly environment?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly steps?: readonly { readonly name?: string; readonly uses?: string; readonly run?: string }[];
}
const jobsOf = (file: string) =>
  (parse(readFileSync(join(FOLDER, file), "utf8")) as { jobs: Record<string, Job> }).jobs;

describe("the workflows", () => {
  it("use actions by commit, with the version beside", () => {
    const uses = readdirSync(FOLDER).flatMap((file) =>
      [...readFileSync(join(FOLDER, file), "utf8").matchAll(/uses: (.+)/g)].map(([, what = ""]) => what),
    );
    const actions = uses.filter((what) => !what.startsWith("./"));

    assert.ok(actions.length >= 10);
    for (const action of actions) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("shows a plan of prod before anybody approves, and applies that plan", () => {
    const jobs = jobsOf("deploy.yml");
    const steps = (file: string) => Object.values(jobsOf(file)).flatMap(({ steps: ofJob = [] }) => ofJob);
    const runs = (file: string) => steps(file).map(({ run = "" }) => run);

    assert.equal(jobs["prod-plan"]?.uses, "./.github/workflows/plan-stack.yml");
    assert.deepEqual(
      [jobs.prod?.needs, jobs["prod-plan"]?.needs, jobs.dev?.needs],
      ["prod-plan", "dev", "dev-plan"],
    );
    assert.ok(runs("plan-stack.yml").some((run) => /deploy -- .*--preview-only/s.test(run)));
    assert.ok(runs("up.yml").some((run) => /deploy -- .*--plan plan\.json --yes/s.test(run)));
    assert.match(jobsOf("plan-stack.yml").plan?.environment ?? "", /-preview$/);
  });

  it("plan every stack of a pull request, with its policies and its cost, and show each plan", () => {
    const runs = (jobsOf("pull-request.yml").plan?.steps ?? []).map(({ run = "" }) => run);
    const loops = runs.flatMap((run) => [...run.matchAll(/for stack in (.+); do/g)].map(([, of]) => of));

    assert.deepEqual(loops, [stackNames(".").join(" "), stackNames(".").join(" ")]);
    const [plan = ""] = runs.filter((run) => run.includes("npm run --silent plan"));
    for (const command of ["plan", "policies", "cost"])
      assert.match(plan, new RegExp(`^ +npm run --silent ${command} -- --stack "\\$stack"`, "m"));
    // Without it the loop goes on after a plan that failed: tee ends well.
    assert.match(plan, /^set -o pipefail$/m);
  });

  it("look at the endpoints as often as the alarm counts, and publish it", () => {
    const text = readFileSync(join(FOLDER, "drift.yml"), "utf8");
    const [, minutes = ""] = /cron: "(\S+) \* \* \* \*"/.exec(text) ?? [];
    const [first = NaN, second = NaN, ...more] = minutes.split(",").map(Number);

    assert.deepEqual([second - first, more], [DEPLOYMENT_CHECK_MINUTES, []]);
    const runs = (jobsOf("drift.yml").check?.steps ?? []).map(({ run = "" }) => run);
    assert.ok(runs.some((run) => /rollout -- .*--check --publish/.test(run)));
  });

  it("build the image by itself, tagged by content and without an index", () => {
    const build = (jobsOf("image.yml").build?.steps ?? []).map(({ run = "" }) => run).join("\n");

    assert.match(build, /--provenance=false/);
    assert.match(build, /git ls-files -s .*sha256sum/s);
    assert.match(build, /@\$digest/);
  });
});

describe("the comment on a pull request", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "comment-"));
    writeFileSync(join(folder, "comment.md"), "<!-- smartretail: preview of dev -->\nwhat changes\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the script with a `gh` that knows the given comment ids and notes how it is called. */
  function comment(ids: string): { status: number | null; calls: string[] } {
    const log = join(folder, "calls");
    writeFileSync(log, "");
    writeFileSync(
      join(folder, "gh"),
      `#!/bin/sh\necho "$*" >> ${log}\ncase "$*" in *--paginate*) printf '%b' "${ids}";; esac\n`,
    );
    chmodSync(join(folder, "gh"), 0o755);
    const { status } = spawnSync(resolve(".github/comment"), ["7", join(folder, "comment.md")], {
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    });
    return { status, calls: readFileSync(log, "utf8").trim().split("\n") };
  }

  it("is written once", () => {
    const { status, calls } = comment("");

    assert.equal(status, 0);
    assert.match(calls[1] ?? "", /--method POST .*issues\/7\/comments/);
  });

  it("is replaced afterwards, found by its own marker", () => {
    const { calls } = comment("11\\n12\\n");

    assert.match(calls[0] ?? "", /startswith\("<!-- smartretail: preview of dev -->"\)/);
    assert.match(calls[1] ?? "", /--method PATCH .*issues\/comments\/11 /);
    assert.equal(calls.length, 2);
  });

  it("must have a marker", () => {
    writeFileSync(join(folder, "comment.md"), "no marker\n");

    assert.equal(comment("").status, 1);
  });
});
