export type TextEncoding = "utf-8" | "shift_jis";

const ASCII = /^[\0-\x7f]*$/;
const UTF8_BOM = [0xef, 0xbb, 0xbf] as const;

/** Bytes of the UTF-8 byte order mark at the start, 0 or 3. */
export function bomLength(bytes: Uint8Array): number {
  return UTF8_BOM.every((byte, i) => bytes[i] === byte) ? UTF8_BOM.length : 0;
}

/** An encoding, and whether the sample also has lines that only the other one explains. */
export interface DetectedEncoding {
  readonly encoding: TextEncoding;
  readonly isMixed: boolean;
}

/**
 * The encoding of a file, judged by the lines of its first bytes: the one that explains most lines that are not plain
 * ASCII. A line that is valid UTF-8 counts for UTF-8, since Shift_JIS text seldom is, while the reverse is common.
 * Undefined when lines are left that neither explains.
 */
export function detectEncoding(sample: Uint8Array): DetectedEncoding | undefined {
  if (bomLength(sample) > 0) return { encoding: "utf-8", isMixed: false };
  if (isUtf16(sample)) return undefined;
  if (decodes(sample, "utf-8")) return { encoding: "utf-8", isMixed: false };
  const counts = { "utf-8": 0, shift_jis: 0 };
  for (const line of Buffer.from(sample).toString("latin1").split("\n")) {
    if (ASCII.test(line)) continue;
    const bytes = Buffer.from(line, "latin1");
    const encoding = (["utf-8", "shift_jis"] as const).find((name) => decodes(bytes, name));
    if (!encoding) return undefined;
    counts[encoding] += 1;
  }
  const encoding = counts["utf-8"] >= counts.shift_jis ? "utf-8" : "shift_jis";
  return { encoding, isMixed: counts["utf-8"] > 0 };
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

/**
 * Turns a text whose characters are bytes (latin1) into what the bytes mean; undefined when they mean nothing. In a mixed
 * Shift_JIS file a text that is valid UTF-8 is taken for what it most likely is: not Shift_JIS.
 */
export function fieldDecoder({
  encoding,
  isMixed,
}: DetectedEncoding): (latin1: string) => string | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (latin1) => {
    if (ASCII.test(latin1)) return latin1;
    const bytes = Buffer.from(latin1, "latin1");
    if (isMixed && encoding === "shift_jis" && decodes(bytes, "utf-8")) return undefined;
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  };
}
