import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { evaluatePack } from "../../preview/policies/evaluate-pack";
import { buildPackIfStale } from "../../scripts/build-policies";
import { analyzed } from "./support/fixture";

const POLICIES = join(__dirname, "..", "..", "policies");
/** What a pack ships, and what it needs beside it. */
const SHIPPED = ["package.json", "PulumiPolicy.yaml", "dist"];
const NEEDED = ["@pulumi/policy", "@pulumi/pulumi"];

describe("a compiled pack in a folder of its own", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pack-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  for (const [name, rule] of [
    ["security", "sm-notebook-forbidden"],
    ["cost", "cost-hourly-servers-forbidden"],
  ] as const)
    it(`serves the ${name} pack with the two Pulumi packages alone`, async () => {
      await buildPackIfStale(join(POLICIES, name));
      for (const item of SHIPPED) cpSync(join(POLICIES, name, item), join(folder, item), { recursive: true });
      mkdirSync(join(folder, "node_modules", "@pulumi"), { recursive: true });
      for (const needed of NEEDED)
        symlinkSync(
          dirname(require.resolve(`${needed}/package.json`)),
          join(folder, "node_modules", ...needed.split("/")),
        );

      const report = await evaluatePack({
        folder,
        stack: { project: "other", stack: "test" },
        resources: analyzed([
          { type: "aws:sagemaker/notebookInstance:NotebookInstance", name: "mine", properties: {} },
        ]),
      });

      assert.equal(report.pack, name);
      assert.ok(report.findings.some(({ policy, outcome }) => policy === rule && outcome === "violation"));
    });
});
