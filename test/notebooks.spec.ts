import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { JOB_RUNTIME_MAX_SECONDS } from "../stacks/identity/sagemaker-jobs";
import { testSettings } from "./support/context";

interface Notebook {
  readonly nbformat: number;
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: readonly string[];
    readonly outputs?: unknown[];
  }[];
}

describe("the example notebook", () => {
  const notebook = JSON.parse(readFileSync("docs/notebooks/experiment.ipynb", "utf8")) as Notebook;
  const code = notebook.cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => source.join(""))
    .join("\n");

  it("starts jobs that the guards let through: by name, size and time", () => {
    const { jobInstanceTypes } = testSettings("prod");
    const types = [...code.matchAll(/instance_type="([^"]+)"/g)].map(([, type]) => type);
    const [, hours] = /max_run=(\d+) \* 3600/.exec(code) ?? [];

    assert.ok(types.length > 0 && types.every((type) => jobInstanceTypes.includes(type ?? "")), types.join());
    assert.match(code, /base_job_name=f"\{PREFIX\}-/);
    assert.ok(Number(hours) * 3600 <= JOB_RUNTIME_MAX_SECONDS);
  });

  it("proposes, and approves nothing", () => {
    assert.match(code, /approval_status="PendingManualApproval"/);
    assert.doesNotMatch(code, /"Approved"/);
  });

  it("carries no results of an earlier run", () => {
    assert.equal(notebook.nbformat, 4);
    assert.ok(notebook.cells.every(({ outputs = [] }) => outputs.length === 0));
  });
});
