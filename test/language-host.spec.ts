import assert from "node:assert/strict";
import { join } from "node:path";
import { STACK_TYPE } from "../preview/plan-tree";
import type { Recording } from "../preview/recorded-resource";
import { readStackConfig } from "../preview/stack-config";
import { planOf } from "./support/plans";
import { runLanguageHost, type HostRun } from "./support/language-host";
import { record } from "./support/record";

const ROOT = join(__dirname, "..");

const registered = ({ resources }: Recording) =>
  resources
    .filter(({ type }) => type !== STACK_TYPE)
    .map(({ type, name }) => `${type} ${name}`)
    .sort();

describe("the program under the CLI's language host", () => {
  it("registers what the planner records, without type-checking the world", async () => {
    let run: HostRun | undefined;
    const recording = await record(
      async () => {
        run = await runLanguageHost(readStackConfig(ROOT, "dev"));
      },
      { stack: "host" },
    );

    assert.equal(run?.exitCode, 0, run?.log);
    assert.deepEqual(registered(recording), registered((await planOf("dev")).recording));
  });

  it("shows a wrong setting as its line alone, and fails", async () => {
    const config = readStackConfig(ROOT, "dev");
    const wrong = { ...config, config: { ...config.config, "smartretail:challengerWeight": "0.9" } };
    let run: HostRun | undefined;
    await record(
      async () => {
        run = await runLanguageHost(wrong);
      },
      { stack: "host" },
    );

    assert.notEqual(run?.exitCode, 0);
    assert.match(run?.log ?? "", /smartretail:challengerWeight is 0\.9; allowed: an integer from 0 to 50/);
    assert.doesNotMatch(run?.log ?? "", /\n\s+at /);
  });
});
