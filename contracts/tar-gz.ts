import { gunzipSync, gzipSync } from "node:zlib";

const BLOCK_BYTES = 512;
/** Position of the operating-system byte in a gzip header (RFC 1952); 255 is "unknown". */
const GZIP_OS_OFFSET = 9;
/** Fields of a POSIX ustar header: offset and length in bytes. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  owner: [108, 8],
  group: [116, 8],
  size: [124, 12],
  time: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const;

interface TarFile {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * A .tar.gz with one file: the same bytes for the same content, on every machine and at any time.
 *
 * Stored, not deflated: what zlib makes of a text differs between its builds, and a different byte is a different object.
 *
 * @param fileName at most 100 ASCII characters (the limit of a plain ustar header)
 */
export function tarGz(fileName: string, content: Uint8Array): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(fileName)) {
    throw new Error(
      `file name "${fileName}": allowed are 1 to 100 printable ASCII characters without spaces`,
    );
  }
  const end = Buffer.alloc(2 * BLOCK_BYTES);
  const tar = Buffer.concat([header(fileName, content.length), content, padding(content.length), end]);
  const archive = gzipSync(tar, { level: 0 });
  archive[GZIP_OS_OFFSET] = 255;
  return archive;
}

/**
 * The regular files of a .tar.gz in the order of the archive. Folders and the extended headers that other writers put
 * before an entry are passed over: a name longer than 100 bytes comes back as its plain header has it.
 *
 * @throws Error for what is no such archive, or one that ends early
 */
export function filesOfTarGz(archive: Uint8Array): TarFile[] {
  const tar = gunzipSync(archive);
  const files: TarFile[] = [];
  let offset = 0;
  while (offset + BLOCK_BYTES <= tar.length && tar[offset] !== 0) {
    const block = tar.subarray(offset, offset + BLOCK_BYTES);
    checkHeader(block, offset);
    const size = parseInt(field(block, "size"), 8);
    const start = offset + BLOCK_BYTES;
    if (start + size > tar.length) throw new Error(`archive ends inside "${field(block, "name")}"`);
    const type = field(block, "type");
    if (type === "0" || type === "") {
      const name = field(block, "name").replace(/^\.\//, "");
      files.push({ name, content: tar.subarray(start, start + size) });
    }
    offset = start + size + padding(size).length;
  }
  return files;
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES);
}

/** Fixed mode, owner 0, no time. */
function header(fileName: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  const write = (name: keyof typeof FIELDS, text: string) => block.write(text, FIELDS[name][0], "ascii");
  write("name", fileName);
  write("mode", "0000644\0");
  write("owner", "0000000\0");
  write("group", "0000000\0");
  write("size", `${size.toString(8).padStart(11, "0")}\0`);
  write("time", "00000000000\0");
  write("type", "0");
  write("magic", "ustar\u000000");
  write("checksum", `${checksum(block).toString(8).padStart(6, "0")}\0 `);
  return block;
}

function field(block: Uint8Array, name: keyof typeof FIELDS): string {
  const [start, length] = FIELDS[name];
  const text = Buffer.from(block.subarray(start, start + length)).toString("latin1");
  return text.split("\0")[0]!.trim();
}

function checkHeader(block: Uint8Array, offset: number): void {
  if (parseInt(field(block, "checksum"), 8) !== checksum(block)) {
    throw new Error(`no tar header at byte ${offset} of the archive: its checksum is wrong`);
  }
}

/** Sum of all bytes, its own field taken as spaces. */
function checksum(block: Uint8Array): number {
  const [start, length] = FIELDS.checksum;
  return block.reduce((sum, byte, i) => sum + (i >= start && i < start + length ? 0x20 : byte), 0);
}
