export type TextEncoding = "utf-8" | "shift_jis";

const UTF8_BOM = [0xef, 0xbb, 0xbf] as const;

/** Bytes of the UTF-8 byte order mark at the start, 0 or 3. */
export function bomLength(bytes: Uint8Array): number {
  return UTF8_BOM.every((byte, i) => bytes[i] === byte) ? UTF8_BOM.length : 0;
}

/**
 * The encoding of a file, judged by its first bytes (cut at a line's end). A sample that is valid UTF-8 is taken for
 * UTF-8: Shift_JIS text of more than a few characters never is. Undefined when it is neither.
 */
export function detectEncoding(sample: Uint8Array): TextEncoding | undefined {
  if (bomLength(sample) > 0) return "utf-8";
  if (isUtf16(sample)) return undefined;
  return (["utf-8", "shift_jis"] as const).find((encoding) => decodes(sample, encoding));
}

function isUtf16(sample: Uint8Array): boolean {
  return (sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff);
}

function decodes(sample: Uint8Array, encoding: TextEncoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(sample);
    return true;
  } catch {
    return false;
  }
}

 
const ASCII = /^[\0-\x7f]*$/;

/** Turns a text whose characters are bytes (latin1) into what the bytes mean; undefined when they mean nothing. */
export function fieldDecoder(encoding: TextEncoding): (latin1: string) => string | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (latin1) => {
    if (ASCII.test(latin1)) return latin1;
    try {
      return decoder.decode(Buffer.from(latin1, "latin1"));
    } catch {
      return undefined;
    }
  };
}
