/** A file as its reader sees it; texts are bytes as characters (latin1) until `decode` makes text of them. */
export interface RecordFile {
  readonly decode: (latin1: string) => string | undefined;
  /** For people's eyes: always a text. */
  readonly readable: (latin1: string) => string;
  /** Whether numbers were numbers in the file, so that 1.125 cannot mean anything else. */
  readonly isTyped?: boolean;
}

/** What a reader of records tells. */
export interface RecordHandler {
  /** How well a line would do as the header: columns found, and whether all needed ones are among them. */
  rateHeader(names: readonly string[]): HeaderRating;
  /** Called once, before any record; throws when the header will not do. */
  header(names: readonly string[], file: RecordFile, skippedLines: number): void;
  record(fields: readonly string[], line: number, raw: string): void;
  /** A record that cannot be cut into the header's fields. */
  broken(kind: string, detail: string, line: number, raw: string): void;
  /** Awaited after each chunk: where a slow writer holds the reader back. */
  pause?(): Promise<void>;
}

export interface HeaderRating {
  readonly found: number;
  readonly isComplete: boolean;
}

/** How a file ended. */
export interface RecordsEnd {
  /** Why the file ended early ("the gzip data ends in the middle"); all records before that were delivered. */
  readonly cutShort?: string;
  /** Uncompressed bytes. */
  readonly byteCount: number;
  readonly lineCount: number;
  /** Headers that were found again further down: files put one after another. */
  readonly repeatedHeaders: number;
}
