import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { once } from "node:events";
import { csvField, spreadsheetText } from "../engine/csv/spreadsheet-text";
import { type FilePart, startFile } from "../engine/files/replace-file";

/** Longest part of a rejected row that is kept. */
const LONGEST_RAW = 2000;

/** Keeps every rejected row with file, line and reason, and counts them by reason. A CSV file in UTF-8. */
export class Quarantine {
  public refusedCount = 0;
  public readonly reasons = new Map<string, number>();
  private failure: Error | undefined;

  private constructor(
    private readonly part: FilePart,
    private readonly stream: WriteStream,
  ) {
    stream.on("error", (error) => (this.failure = error));
    // The mark tells a spreadsheet that this is UTF-8.
    stream.write("\ufefffile,line,reason,row\n");
  }

  public static async open(path: string): Promise<Quarantine> {
    await mkdir(dirname(path), { recursive: true });
    const part = startFile(path);
    const stream = createWriteStream(part.path);
    await once(stream, "open");
    return new Quarantine(part, stream);
  }

  /** `kind` groups the counts; `detail` is what this row's reason adds to it. */
  public refuse(file: string, line: number, kind: string, detail: string, raw: string): void {
    this.refusedCount += 1;
    this.reasons.set(kind, (this.reasons.get(kind) ?? 0) + 1);
    this.note(file, line, detail === "" ? kind : `${kind}: ${detail}`, raw);
  }

  /** A remark on a file that rejects no row by itself. */
  public note(file: string, line: number, reason: string, raw: string): void {
    if (this.failure) throw this.failure;
    this.stream.write(
      [file, String(line), reason, raw.slice(0, LONGEST_RAW)].map(safeField).join(",") + "\n",
    );
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
    if (this.failure) {
      this.part.abandon();
      throw this.failure;
    }
    this.part.finish();
  }

  /** Removes what was written, for a run that fails before it has read anything worth keeping. */
  public async discard(): Promise<void> {
    this.stream.destroy();
    await once(this.stream, "close");
    this.part.abandon();
  }
}

const safeField = (text: string) => csvField(spreadsheetText(text));
