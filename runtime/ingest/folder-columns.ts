import type { RecordFile, RecordHandler } from "./record-handler";
import { plainName } from "./tables";

/** A column that a file does not have, since its folder says it: sales/store=0012/day=2026-11-23/part-0.parquet. */
export interface FolderColumn {
  readonly name: string;
  readonly value: string;
}

/** Where Spark and Hive keep rows without a value. */
const NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

/** Columns that the folders of a file say, from the outermost on; values may be percent-encoded. */
export function folderColumns(path: string): FolderColumn[] {
  return path
    .split(/[/\\]/)
    .slice(0, -1)
    .flatMap((folder) => {
      const [, name = "", value = ""] = /^([^=]+)=(.*)$/u.exec(folder) ?? [];
      return name === ""
        ? []
        : [{ name: plainText(name), value: value === NO_VALUE ? "" : plainText(value) }];
    });
}

function plainText(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** A handler that sees these columns after the file's own; what the file itself has is the file's. */
export function withFolderColumns(path: string, handler: RecordHandler): RecordHandler {
  const columns = folderColumns(path);
  if (columns.length === 0) return handler;
  const missing = (names: readonly string[]) => {
    const own = new Set(names.map(plainName));
    return columns.filter(({ name }) => !own.has(plainName(name)));
  };
  let [width, values]: [number, readonly string[]] = [0, []];
  return {
    rateHeader: (names) => handler.rateHeader([...names, ...missing(names).map(({ name }) => name)]),
    header: (names, file, skippedLines) => {
      const added = missing(names);
      width = names.length;
      values = added.map(({ value }) => bytesOf(value));
      handler.header(
        [...names, ...added.map(({ name }) => name)],
        withTexts(
          file,
          added.map(({ value }) => value),
        ),
        skippedLines,
      );
    },
    record: (fields, line, raw) =>
      // A line that is cut short stays too short.
      handler.record(
        fields.length < width ? fields : [...fields.slice(0, width), ...values, ...fields.slice(width)],
        line,
        raw,
      ),
    broken: (kind, detail, line, raw) => handler.broken(kind, detail, line, raw),
    ...(handler.pause ? { pause: () => handler.pause?.() ?? Promise.resolve() } : {}),
  };
}

/** Fields are bytes as characters: those of a folder's name are UTF-8, whatever the file's are. */
const bytesOf = (text: string) => Buffer.from(text, "utf8").toString("latin1");

function withTexts(file: RecordFile, texts: readonly string[]): RecordFile {
  const known = new Map(texts.map((text) => [bytesOf(text), text]));
  return {
    ...file,
    decode: (latin1) => known.get(latin1) ?? file.decode(latin1),
    readable: (latin1) => known.get(latin1) ?? file.readable(latin1),
  };
}
