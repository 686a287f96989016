import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { isOpen, splitRecord } from "./split-record";
import {
  bomLength,
  detectEncoding,
  fieldDecoder,
  type DetectedEncoding,
  type TextEncoding,
} from "./text-encoding";

/** What a reader of records tells; texts are bytes as characters (latin1) until `decode` makes text of them. */
export interface RecordHandler {
  /** Called once, before any record; throws when the header will not do. */
  readonly header: (names: readonly string[], file: CsvFile) => void;
  readonly record: (fields: readonly string[], line: number, raw: string) => void;
  /** Awaited after each chunk: where a slow writer holds the reader back. */
  readonly pause?: () => Promise<void>;
}

export interface CsvFile {
  readonly delimiter: string;
  readonly decode: (latin1: string) => string | undefined;
}

export interface CsvOptions {
  readonly encoding: TextEncoding | "auto";
  readonly delimiter: "auto" | "," | "\t" | ";";
  readonly onBytes?: (bytes: number) => void;
}

export interface CsvEnd {
  /** Why the file ended early ("the gzip data ends in the middle"); all records before that were delivered. */
  readonly cutShort?: string;
  /** Uncompressed bytes. */
  readonly byteCount: number;
  readonly lineCount: number;
}

const DELIMITERS = [",", "\t", ";"] as const;
const CHUNK_BYTES = 1 << 20;
/** A record longer than this is a file with an unclosed quote. */
const LONGEST_RECORD = 1 << 20;

/** Reads a CSV or CSV.gz record by record, a megabyte at a time. Throws when the file as a whole cannot be read. */
export async function readCsv(path: string, options: CsvOptions, handler: RecordHandler): Promise<CsvEnd> {
  const { size } = await stat(path);
  if (size === 0) throw new Error("the file is empty");
  const reader = new CsvReader(options, handler);
  let cutShort: string | undefined;
  try {
    for await (const chunk of openBytes(path, options)) {
      reader.push(chunk);
      await handler.pause?.();
    }
  } catch (error) {
    cutShort = damage(error);
  }
  return { ...reader.end(cutShort), ...(cutShort === undefined ? {} : { cutShort }) };
}

function openBytes(path: string, options: CsvOptions): AsyncIterable<Buffer> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  file.on("data", (chunk) => options.onBytes?.(chunk.length));
  if (!/\.gz$/i.test(path)) return file as AsyncIterable<Buffer>;
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  file.on("error", (error) => gunzip.destroy(error));
  return file.pipe(gunzip) as AsyncIterable<Buffer>;
}

/** A damaged gzip ends the file; any other failure is not ours to explain. */
function damage(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (code === "Z_BUF_ERROR") return "the gzip data ends in the middle";
  if (code === "Z_DATA_ERROR") return "the gzip data is damaged";
  throw error;
}

class CsvReader {
  private carry = "";
  private file: CsvFile | undefined;
  private line = 0;
  private byteCount = 0;

  public constructor(
    private readonly options: CsvOptions,
    private readonly handler: RecordHandler,
  ) {}

  public push(chunk: Buffer): void {
    const start = this.byteCount === 0 ? bomLength(chunk) : 0;
    this.byteCount += chunk.length;
    if (!this.file) this.startFile(chunk.subarray(start));
    this.take(this.carry + chunk.toString("latin1", start));
  }

  public end(cutShort: string | undefined): { byteCount: number; lineCount: number } {
    if (this.carry !== "" && cutShort === undefined) this.take(`${this.carry}\n`);
    if (this.carry !== "") this.deliver(this.carry, this.line + 1);
    if (this.line === 0 && cutShort === undefined) throw new Error("the file is empty");
    return { byteCount: this.byteCount, lineCount: this.line };
  }

  private take(text: string): void {
    let at = 0;
    for (;;) {
      let end = text.indexOf("\n", at);
      if (end < 0) break;
      let lines = 1;
      let record = withoutReturn(text, at, end);
      while (isOpenRecord(record)) {
        const next = text.indexOf("\n", end + 1);
        if (next < 0) break;
        lines += 1;
        end = next;
        record = withoutReturn(text, at, end);
      }
      if (isOpenRecord(record) && record.length < LONGEST_RECORD) break;
      this.deliver(record, this.line + 1);
      this.line += lines;
      at = end + 1;
    }
    this.carry = text.slice(at);
    if (this.carry.length > LONGEST_RECORD) {
      throw new Error(
        `line ${this.line + 1} is longer than a megabyte: is a quote not closed, or is this no CSV?`,
      );
    }
  }

  private deliver(record: string, line: number): void {
    if (record === "") return;
    if (!this.file) throw new Error("the file is empty");
    const fields = splitRecord(record, this.file.delimiter);
    if (line === 1)
      this.handler.header(
        fields.map((name) => this.file?.decode(name) ?? name),
        this.file,
      );
    else this.handler.record(fields, line, record);
  }

  private startFile(chunk: Buffer): void {
    const lastLine = chunk.lastIndexOf(0x0a);
    const sample = lastLine < 0 ? chunk : chunk.subarray(0, lastLine);
    const { encoding: wanted } = this.options;
    const found = wanted === "auto" ? detectSample(sample) : { encoding: wanted, isMixed: false };
    const firstLine = chunk.indexOf(0x0a);
    const header = chunk.toString("latin1", 0, firstLine < 0 ? chunk.length : firstLine);
    this.file = {
      delimiter: this.options.delimiter === "auto" ? delimiterOf(header) : this.options.delimiter,
      decode: fieldDecoder(found),
    };
  }
}

function detectSample(sample: Buffer): DetectedEncoding {
  const found = detectEncoding(sample);
  if (!found) throw new Error("the text is neither UTF-8 nor Shift_JIS: save it as UTF-8");
  return found;
}

function delimiterOf(header: string): string {
  const widths = DELIMITERS.map((delimiter) => splitRecord(header, delimiter).length);
  return DELIMITERS[widths.indexOf(Math.max(...widths))] ?? ",";
}

function isOpenRecord(record: string): boolean {
  return record.includes('"') && isOpen(record);
}

function withoutReturn(text: string, from: number, to: number): string {
  return text.charCodeAt(to - 1) === 13 && to > from ? text.slice(from, to - 1) : text.slice(from, to);
}
