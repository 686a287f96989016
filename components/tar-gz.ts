import { gzipSync } from "node:zlib";

const BLOCK_BYTES = 512;
/** Position of the operating-system byte in a gzip header (RFC 1952); 255 is "unknown". */
const GZIP_OS_OFFSET = 9;

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
  const padding = Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES);
  const end = Buffer.alloc(2 * BLOCK_BYTES);
  const archive = gzipSync(Buffer.concat([header(fileName, content.length), content, padding, end]), {
    level: 0,
  });
  archive[GZIP_OS_OFFSET] = 255;
  return archive;
}

/** POSIX ustar: fixed mode, owner 0, no time. */
function header(fileName: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write(fileName, 0, "ascii");
  block.write("0000644\0", 100, "ascii");
  block.write("0000000\0", 108, "ascii");
  block.write("0000000\0", 116, "ascii");
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "ascii");
  block.write("00000000000\0", 136, "ascii");
  block.write("        ", 148, "ascii");
  block.write("0", 156, "ascii");
  block.write("ustar\u000000", 257, "ascii");
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return block;
}
