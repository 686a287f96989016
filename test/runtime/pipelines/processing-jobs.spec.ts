import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processingResult } from "../../../contracts/processing-container";
import { replaceFolder } from "../../../runtime/engine/files/replace-folder";
import { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import { createProcessingJob } from "../../../runtime/pipelines/local/processing-jobs";
import { temporaryFolder } from "../support/temporary-folder";

describe("createProcessingJob", () => {
  const folder = temporaryFolder();

  it("collects the folders that a job has written; one that it had nothing for is no failure", async () => {
    const cloud = new LocalCloud(folder.path("account"));
    const output = (name: string) => ({
      S3Output: { S3Uri: `s3://b/rows/${name}`, LocalPath: `${processingResult("rows")}/${name}` },
    });
    const given = {
      ProcessingJobName: "rows-1",
      AppSpecification: { ContainerArguments: ["rows"] },
      ProcessingInputs: [],
      ProcessingOutputConfig: { Outputs: [output("drinks"), output("food")] },
    };
    const run = (out: string) =>
      replaceFolder(out, (part) => {
        mkdirSync(join(part, "food"));
        writeFileSync(join(part, "food", "block=000.csv"), "1\n");
        return Promise.resolve({});
      });
    const job = {
      options: ["output"] as const,
      stage: (arguments_: { output: () => string }) => {
        const out = arguments_.output();
        return { inputs: {}, options: {}, out, run: () => run(out) };
      },
    };

    const answer = await createProcessingJob(
      { cloud, given, callId: "x", signal: new AbortController().signal },
      { rows: job },
    );

    assert.equal((answer as { ProcessingJobStatus: string }).ProcessingJobStatus, "Completed");
    assert.deepEqual(cloud.names("s3", "b", "rows"), ["food"]);
  });
});
