import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { moveOut } from "../engine/files/replace-file";
import { csvField, spreadsheetText } from "../engine/csv/spreadsheet-text";

/** Longest part of a rejected row that is kept. */
const LONGEST_RAW = 2000;
const LONGEST_EXAMPLE = 200;

/** In the folder of the lake, which it belongs to. */
export const QUARANTINE_FILE = "quarantine.csv";

/** Keeps every rejected row with file, line and reason, and counts them by reason. A CSV file in UTF-8. */
export class Quarantine {
  public rejectedCount = 0;
  public readonly reasons = new Map<string, number>();
  /** By kind, what the first row that was rejected for it adds. */
  public readonly examples = new Map<string, string>();
  private failure: Error | undefined;

  private constructor(
    private readonly path: string,
    private readonly stream: WriteStream,
  ) {
    stream.on("error", (error) => (this.failure = error));
    // The mark tells a spreadsheet that this is UTF-8.
    stream.write("\ufefffile,line,reason,row\n");
  }

  /** @param folder the lake while it fills: what a kill leaves goes with it */
  public static async open(folder: string): Promise<Quarantine> {
    const path = join(folder, QUARANTINE_FILE);
    const stream = createWriteStream(path);
    await once(stream, "open");
    return new Quarantine(path, stream);
  }

  /** `kind` groups the counts; `detail` is what this row's reason adds to it. */
  public reject(file: string, line: number, kind: string, detail: string, raw: string): void {
    this.rejectedCount += 1;
    const count = this.reasons.get(kind) ?? 0;
    if (count === 0) this.examples.set(kind, detail.slice(0, LONGEST_EXAMPLE));
    this.reasons.set(kind, count + 1);
    this.note(file, line, detail === "" ? kind : `${kind}: ${detail}`, raw);
  }

  /** A warning on a file that rejects no row by itself. */
  public note(file: string, line: number, reason: string, raw: string): void {
    if (this.failure) throw this.failure;
    this.stream.write(
      [file, String(line), reason, raw.slice(0, LONGEST_RAW)].map(safeField).join(",") + "\n",
    );
  }

  /** Takes over what an earlier run has rejected of these files: their lines are not read again. */
  public async keep(earlier: AsyncIterable<string>, files: ReadonlySet<string>): Promise<void> {
    const starts = [...files].map((file) => `${safeField(file)},`);
    for await (const record of earlier) {
      if (starts.some((start) => record.startsWith(start))) this.stream.write(`${record}\n`);
      await this.drain();
    }
  }

  /** Waits while the disk is slower than the reader: memory stays bounded however many rows are rejected. */
  public async drain(): Promise<void> {
    if (this.stream.writableNeedDrain && !this.failure) await once(this.stream, "drain");
    if (this.failure) throw this.failure;
  }

  public async close(): Promise<void> {
    this.stream.end();
    if (!this.failure)
      await once(this.stream, "close").catch((error: unknown) => (this.failure = error as Error));
    if (this.failure) throw this.failure;
  }

  /** Puts what was rejected where people find it after a run that failed by it; `target` has a name of this program. */
  public async keepAt(target: string): Promise<void> {
    await this.close();
    if (this.rejectedCount > 0) moveOut(this.path, target);
  }
}

const safeField = (text: string) => csvField(spreadsheetText(text));
