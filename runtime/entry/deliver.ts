import { existsSync } from "node:fs";
import { join } from "node:path";
import { processingKept, processingResult } from "../../contracts/processing-container";
import { linkFiles } from "../engine/files/link-files";
import type { Job } from "./jobs";

/**
 * Puts the part of a result that SageMaker collects from `localPath` into `target`.
 *
 * @param localPath of an output, as the machines name it (pipelines/tasks/processing-job.ts)
 */
export function deliver(
  stage: string,
  { keeps = [] }: Pick<Job, "keeps">,
  {
    result,
    localPath,
    target,
  }: { readonly result: string; readonly localPath: string; readonly target: string },
): void {
  if (localPath === processingKept(stage)) return linkFiles(result, target, (name) => keeps.includes(name));
  const part = join(result, localPath.slice(processingResult(stage).length));
  // A category that a shard has not: SageMaker uploads an empty folder, which is nothing.
  if (existsSync(part))
    linkFiles(part, target, part === result ? (name) => !keeps.includes(name) : undefined);
}
