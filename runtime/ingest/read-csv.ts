import { stat } from "node:fs/promises";
import { gzipDamage, readBytes, type BytePiece } from "./byte-stream";
import type { IngestConfig } from "./config";
import { HeaderSearch, type Delimiter } from "./header-search";
import type { RecordFile, RecordHandler, RecordsEnd } from "./record-handler";
import { cutRecord } from "./split-record";
import {
  bomLength,
  detectEncoding,
  fieldDecoder,
  isAscii,
  readableText,
  type TextEncoding,
} from "./text-encoding";

export interface CsvOptions extends Pick<IngestConfig, "encoding" | "delimiter"> {
  readonly chunkBytes?: number;
  readonly onBytes?: (bytes: number) => void;
}

/** A record longer than this has a quote that nobody closed. */
const LONGEST_RECORD = 1 << 16;
const BOM = "\u00ef\u00bb\u00bf";
const OPEN_QUOTE = "a quote that is not closed";
const HINTS: Readonly<Record<string, string>> = {
  "open quote": OPEN_QUOTE,
  "text after a closing quote": "text after a closing quote",
};

/** Reads a CSV or CSV.gz record by record, a megabyte at a time. Throws when the file as a whole cannot be read. */
export async function readCsv(
  path: string,
  options: CsvOptions,
  handler: RecordHandler,
): Promise<RecordsEnd> {
  const { size } = await stat(path);
  if (size === 0) throw new Error("the file is empty");
  const reader = new CsvReader(options, handler);
  let cutShort: string | undefined;
  try {
    for await (const piece of readBytes(path, options)) {
      reader.push(piece);
      await handler.pause?.();
    }
  } catch (error) {
    cutShort = gzipDamage(error);
  }
  return { ...reader.end(cutShort), ...(cutShort === undefined ? {} : { cutShort }) };
}

class CsvReader {
  private carry = "";
  private line = 0;
  private byteCount = 0;
  private repeatedHeaders = 0;
  private encoding: TextEncoding | undefined;
  private decoder: (latin1: string) => string | undefined = (text) => text;
  private delimiter: Delimiter | undefined;
  private width = 0;
  private headerText = "";
  private readonly search: HeaderSearch;
  private readonly file: RecordFile = {
    decode: (latin1) => this.decoder(latin1),
    readable: (latin1) => readableText(latin1, this.encoding ?? "utf-8"),
  };

  public constructor(
    private readonly options: CsvOptions,
    private readonly handler: RecordHandler,
  ) {
    this.search = new HeaderSearch(options.delimiter, (names) => handler.rateHeader(names));
  }

  public push({ bytes, isTranscoded }: BytePiece): void {
    const start = this.byteCount === 0 ? bomLength(bytes) : 0;
    if (isTranscoded || start > 0) this.decodeAs("utf-8", false);
    this.byteCount += bytes.length;
    if (this.encoding === undefined) this.detect(bytes.subarray(start));
    let text = this.carry + bytes.toString("latin1", start);
    // Fixed-width fields are padded with NUL by some tills.
    if (bytes.includes(0)) text = text.replaceAll("\0", "");
    // A return at the end may be half of a line end.
    const held = text.endsWith("\r") ? 1 : 0;
    this.take(held ? text.slice(0, -1) : text, false);
    if (held) this.carry += "\r";
  }

  public end(cutShort: string | undefined): Omit<RecordsEnd, "cutShort"> {
    if (this.encoding === undefined && this.carry !== "") this.detect(Buffer.from(this.carry, "latin1"));
    if (this.carry !== "" && this.carry !== "\u001a") this.take(`${this.carry}\n`, true);
    if (this.line === 0 || (this.delimiter === undefined && cutShort !== undefined))
      throw new Error(
        cutShort === undefined ? "the file is empty" : `${cutShort} before any row: send it again`,
      );
    if (this.delimiter === undefined && this.line > 0) this.giveUp();
    return { byteCount: this.byteCount, lineCount: this.line, repeatedHeaders: this.repeatedHeaders };
  }

  /** Delivers the records of all whole lines; the rest is carried to the next chunk. */
  private take(given: string, isEnd: boolean): void {
    const all = withLineFeeds(given);
    const whole = all.lastIndexOf("\n") + 1;
    const text = all.slice(0, whole);
    let at = 0;
    let quote = text.indexOf('"');
    while (at < whole) {
      if (text.charCodeAt(at) === 0xef && text.startsWith(BOM, at)) at += BOM.length;
      const end = text.indexOf("\n", at);
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      if (this.delimiter === undefined) {
        at = this.offerHeader(text, at, end);
      } else if (quote < 0 || quote > end) {
        this.deliver(withoutReturn(text, at, end), this.delimiter);
        at = end + 1;
      } else {
        const next = this.takeQuoted(text, at, end, this.delimiter, isEnd);
        if (next === undefined) break;
        at = next;
      }
    }
    this.carry = text.slice(at) + all.slice(whole);
    if (this.carry.length > LONGEST_RECORD * 16) {
      throw new Error(`line ${this.line + 1} is longer than a megabyte: is this a CSV file?`);
    }
  }

  /** Takes the line as the header, or passes over it; returns where the next one starts. */
  private offerHeader(text: string, at: number, end: number): number {
    const found = this.search.offer(text, at, (latin1) => this.decoder(latin1) ?? this.file.readable(latin1));
    if (!found) {
      this.line += 1;
      if (this.search.isOver) this.giveUp();
      return end + 1;
    }
    this.delimiter = found.delimiter;
    this.width = found.names.length;
    this.headerText = withoutReturn(text, at, found.next - 1);
    this.handler.header(found.names, this.file, this.line);
    this.line += found.lines;
    return found.next;
  }

  private giveUp(): never {
    this.handler.header(this.search.nearest, this.file, 0);
    throw new Error("no header was found");
  }

  private deliver(record: string, delimiter: Delimiter): void {
    this.line += 1;
    if (record !== "") this.check(record.split(delimiter), this.line, record);
  }

  /** Where the next record starts; undefined when the rest of this one has not been read yet. */
  private takeQuoted(
    text: string,
    at: number,
    end: number,
    delimiter: Delimiter,
    isEnd: boolean,
  ): number | undefined {
    const cut = cutRecord(text, at, delimiter);
    const isOpen = "problem" in cut && cut.problem === "open quote";
    if (isOpen && !isEnd && text.length - at < LONGEST_RECORD) return undefined;
    // Lines that only a stray quote has joined do not have the header's width.
    const isJoined = "fields" in cut && cut.lines > 1 && cut.fields.length !== this.width;
    if ("problem" in cut || isJoined) {
      const kind = "problem" in cut ? (HINTS[cut.problem] ?? cut.problem) : OPEN_QUOTE;
      this.line += 1;
      this.handler.broken(kind, "", this.line, this.file.readable(text.slice(at, end)));
      return end + 1;
    }
    this.check(cut.fields, this.line + 1, withoutReturn(text, at, cut.next - 1));
    this.line += cut.lines;
    return cut.next;
  }

  private check(fields: readonly string[], line: number, raw: string): void {
    if (fields.length > this.width && fields.slice(this.width).some((field) => field !== "")) {
      const detail = `${fields.length} instead of ${this.width}: is a comma inside a field without quotes?`;
      this.handler.broken("too many fields", detail, line, this.file.readable(raw));
    } else if (raw.length === this.headerText.length && raw === this.headerText) {
      this.repeatedHeaders += 1;
    } else this.handler.record(fields, line, raw);
  }

  /** Detects the encoding by the first chunk that has more than ASCII. */
  private detect(bytes: Buffer): void {
    const { encoding } = this.options;
    if (encoding !== "auto") {
      this.decodeAs(encoding === "utf-16le" || encoding === "utf-16be" ? "utf-8" : encoding, false);
      return;
    }
    const lastLine = Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d));
    const sample = lastLine < 0 ? bytes : bytes.subarray(0, lastLine);
    if (isAscii(sample)) return;
    const found = detectEncoding(sample);
    if (!found) {
      throw new Error(
        'the text is neither UTF-8 nor Shift_JIS: save it as UTF-8, or set "encoding" in the data config',
      );
    }
    this.decodeAs(found.encoding, found.isMixed);
  }

  private decodeAs(encoding: TextEncoding, isMixed: boolean): void {
    this.encoding = encoding;
    this.decoder = fieldDecoder({ encoding, isMixed });
  }
}

/** Old Mac line ends, also of one part of a file, as line feeds. */
function withLineFeeds(text: string): string {
  return text.includes("\r") && /\r(?!\n)/.test(text) ? text.replace(/\r\n?/g, "\n") : text;
}

function withoutReturn(text: string, from: number, to: number): string {
  return text.slice(from, text.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to);
}
