import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";

/** The records of an earlier quarantine, header aside, as they stand there; one may have line breaks in its quotes. */
export async function* earlierRejects(path: string): AsyncGenerator<string> {
  if (!existsSync(path)) return;
  let record: string | undefined;
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity })) {
    record = record === undefined ? line : `${record}\n${line}`;
    if ((record.split('"').length - 1) % 2 === 1) continue;
    if (!isHeader) yield record;
    isHeader = false;
    record = undefined;
  }
}
