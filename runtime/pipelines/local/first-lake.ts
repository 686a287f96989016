import { readFileSync } from "node:fs";
import { join } from "node:path";
import { processingKept, processingResult } from "../../../contracts/processing-container";
import { INCOMING_PREFIX, type LakeManifest, publishedKey } from "../../../contracts/runs";
import { JobArguments } from "../../entry/arguments";
import { deliver } from "../../entry/deliver";
import { JOBS } from "../../entry/jobs";
import { Steps, type StepListener } from "../steps";
import type { LocalCloud } from "./local-cloud";
import { localPlace } from "./local-place";

/**
 * The lake of a user's own files, before any run: only when they have been read is it known which day is their last, and so which day
 * a run without a date is of. It is the container's own command on the files that the weekly machine would take; that machine finds
 * the lake then, and goes on from it. What an earlier, killed process has read is not read again.
 *
 * @param today no sale can be later than this ISO date
 * @returns the last day of the sales
 */
export async function firstLake(cloud: LocalCloud, today: string, listener?: StepListener): Promise<string> {
  const { buckets } = localPlace();
  const out = cloud.at("jobs", "first-lake", "result");
  const argv = ["--data", cloud.objectPath(buckets.raw, INCOMING_PREFIX), "--today", today, "--keep-lines"];
  const job = JOBS.ingest!;
  const stage = job.stage(new JobArguments([...argv, "--output", out], "ingest", job.options));
  await new Steps(listener).run({
    ...stage,
    name: "ingest",
    describe: (report) => `the files end on ${(report as { cutoff: string }).cutoff}`,
  });
  const [lake, kept] = ["lake", "kept"].map((name) => `s3://${buckets.processed}/history/${name}`) as [
    string,
    string,
  ];
  for (const [localPath, uri] of [
    [processingResult("ingest"), lake],
    [processingKept("ingest"), kept],
  ] as const)
    deliver("ingest", job, { result: out, localPath, target: cloud.pathOf(uri) });
  const { cutoff } = JSON.parse(readFileSync(join(out, "lake.json"), "utf8")) as { cutoff: string };
  cloud.writeJson(
    { lake, kept, cutoff, execution: "the account's opening" } satisfies LakeManifest,
    ...["s3", buckets.results, publishedKey("lake")],
  );
  return cutoff;
}
