import { open } from "node:fs/promises";

/** How a file's content is read, whatever its name says. */
export type ReadableKind = "text" | "gzip" | "parquet";

/** Bytes that tell what a file is. */
const LOOKED_AT = 512;
const EXPORT = "export it as CSV (in a spreadsheet: File > Save as > CSV UTF-8)";
const UNPACK = "unpack it (single files may be .gz)";

/** By the first bytes as characters, a control character as ¶; what it is, and the cure. */
const UNREADABLE: readonly (readonly [RegExp, string])[] = [
  [
    /^PK¶¶[^]*(?:\[Content_Types\]|_rels\/|xl\/|docProps\/|mimetype)/,
    `a spreadsheet (.xlsx or .ods): ${EXPORT}`,
  ],
  [/^PK¶¶/, `a zip archive or a spreadsheet: unpack it, or ${EXPORT}`],
  [/^\xd0\xcf¶\xe0/, `a spreadsheet or document of old Office (.xls): ${EXPORT}`],
  [/^%PDF/, `a PDF: ${EXPORT}`],
  [/^(?:7z\xbc\xaf|Rar!|\xfd7zXZ|BZh\d|\x28\xb5\x2f\xfd|..-lh\d-)/, `an archive: ${UNPACK}`],
  [/^SQLite format 3/, "a database file: export its table as CSV"],
  [/^\{\\rtf/, `a text document (RTF): ${EXPORT}`],
  [/^(?:ORC|Obj¶|ARROW1)/, "a table in a format that is not read: export it as CSV or Parquet"],
  [/^(?:¶PNG|\xff\xd8\xff|GIF8)/, "a picture: export the figures as CSV"],
];
/** Texts that are no tables; a till's page behind a login is saved as HTML under any name. */
const NO_TABLE: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*<(?:!doctype html|html|head|body|table|meta|style|script)\b/i,
    `a web page (HTML), perhaps a login page: open it and ${EXPORT}`,
  ],
  [/^\s*<(?:\?xml|workbook|soap)/i, `XML: ${EXPORT}`],
  [/^\s*\{\s*"|^\s*\[\s*[{[]/, "JSON: export it as CSV"],
];

/** Says how to read a file by its first bytes; throws the name of what it is, and the cure, when it cannot be read. */
export async function kindOfFile(path: string): Promise<ReadableKind> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    return kindOfBytes(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function kindOfBytes(bytes: Buffer): ReadableKind {
  const start = bytes.toString("latin1");
  if (start.startsWith("\x1f\x8b")) return "gzip";
  if (start.startsWith("PAR1")) return "parquet";
  const plain = start.replaceAll("\0", "").replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "");
  const found =
    UNREADABLE.find(([pattern]) => pattern.test(start.replace(/\p{Cc}/gu, "¶"))) ??
    NO_TABLE.find(([pattern]) => pattern.test(plain));
  if (found) throw new Error(`its content is not what its name says, but ${found[1]}`);
  return "text";
}
