import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";

/** Encodings whose line ends, quotes and delimiters are the bytes of ASCII: a file can be cut into fields before it is decoded. */
export type TextEncoding = "utf-8" | "shift_jis" | "euc-jp" | "windows-1252";
export type WideEncoding = "utf-16le" | "utf-16be";

const ASCII = /^[\0-\x7f]*$/;
const UTF8_BOM = [0xef, 0xbb, 0xbf] as const;
/** Bytes that are enough to see whether a text has two bytes a character. */
const WIDE_SAMPLE = 4096;

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
 * The encoding of a file, by its first bytes: that of Western texts where all of it looks like one, else the one that explains
 * most lines that are not plain ASCII. A line that is valid UTF-8 counts for UTF-8, since Shift_JIS text seldom is, while the
 * reverse is common. Undefined when neither explains most of them.
 */
export function detectEncoding(sample: Uint8Array): DetectedEncoding | undefined {
  if (bomLength(sample) > 0 || decodes(sample, "utf-8")) return { encoding: "utf-8", isMixed: false };
  if (isWestern(sample)) return { encoding: "windows-1252", isMixed: false };
  const counts = { "utf-8": 0, shift_jis: 0, neither: 0 };
  for (const line of Buffer.from(sample)
    .toString("latin1")
    .split(/[\r\n]/)) {
    if (ASCII.test(line)) continue;
    const bytes = Buffer.from(line, "latin1");
    counts[(["utf-8", "shift_jis"] as const).find((name) => decodes(bytes, name)) ?? "neither"] += 1;
  }
  if (counts.neither >= counts["utf-8"] + counts.shift_jis) return undefined;
  const encoding = counts["utf-8"] >= counts.shift_jis ? "utf-8" : "shift_jis";
  return { encoding, isMixed: counts["utf-8"] > 0 && counts.shift_jis > 0 };
}

/** Share of the bytes beyond ASCII that stand alone in a Western text; a Japanese one has them in rows. */
const ALONE_SHARE = 0.9;
/** 0xA5 is the yen sign of Western texts, before an amount, and the middle dot of narrow kana. */
const YEN = 0xa5;
const APOSTROPHE = 0x92;

/**
 * Whether bytes beyond ASCII stand alone among ASCII, as accents and currency signs do, and none of them is one that begins
 * kana or a usual kanji in Shift_JIS. Quotes and dashes alone show nothing: 本店 is made of their bytes.
 */
function isWestern(sample: Uint8Array): boolean {
  let [count, alone, sure] = [0, 0, 0];
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] ?? 0;
    if (byte < 0x80) continue;
    const [before, after] = [sample[i - 1] ?? 0, sample[i + 1] ?? 0];
    if ((byte > 0x80 && byte < 0x91) || (byte > 0x97 && byte < 0xa0)) return false;
    if (byte === YEN && !isDigit(after)) return false;
    count += 1;
    if (before < 0x80 && after < 0x80) alone += 1;
    if (byte < 0x91 || byte > 0x97 || (byte === APOSTROPHE && isLetter(before) && isLetter(after))) sure += 1;
  }
  return sure > 0.5 * count && alone >= ALONE_SHARE * count;
}

const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
const isLetter = (byte: number) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/**
 * UTF-16 by its byte order mark, or by the zero that every second byte of its digits and commas is; NUL padding between
 * the characters of an 8-bit file falls on both sides.
 */
export function detectWide(bytes: Uint8Array): WideEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const length = Math.min(bytes.length, WIDE_SAMPLE) & ~1;
  const zeros = [0, 0];
  let breaks = 0;
  const breaksBefore = [0, 0];
  for (let i = 0; i < length; i++) {
    if (bytes[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
    if (bytes[i] !== 0x0a && bytes[i] !== 0x0d && bytes[i] !== 0x2c) continue;
    breaks += 1;
    if (bytes[i + 1] === 0 && (i & 1) === 0) breaksBefore[1] = (breaksBefore[1] ?? 0) + 1;
    if (bytes[i - 1] === 0 && (i & 1) === 1) breaksBefore[0] = (breaksBefore[0] ?? 0) + 1;
  }
  const isWide = (side: 0 | 1) =>
    (zeros[side] ?? 0) * 10 > length / 2 &&
    (zeros[side] ?? 0) > 8 * (zeros[1 - side] ?? 0) &&
    (breaksBefore[side] ?? 0) >= 0.9 * breaks &&
    breaks > 0;
  if (isWide(1)) return "utf-16le";
  return isWide(0) ? "utf-16be" : undefined;
}

export function isAscii(bytes: Buffer): boolean {
  return ASCII.test(bytes.toString("latin1"));
}

/** Made once: making one costs more than the line that it decodes. */
const decoders = new Map<TextEncoding, TextDecoder>();

function strictDecoder(encoding: TextEncoding): TextDecoder {
  const known = decoders.get(encoding) ?? new TextDecoder(encoding, { fatal: true });
  decoders.set(encoding, known);
  return known;
}

function decodes(sample: Uint8Array, encoding: TextEncoding): boolean {
  // Without an exception for each line that is not: they cost more than all the reading.
  if (encoding === "utf-8") return isUtf8(sample);
  try {
    strictDecoder(encoding).decode(sample);
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
  const decoder = strictDecoder(encoding);
  return (latin1) => {
    if (ASCII.test(latin1)) return latin1;
    const bytes = Buffer.from(latin1, "latin1");
    if (isMixed && encoding === "shift_jis" && decodes(bytes, "utf-8")) return undefined;
    try {
      return withWesternSigns(decoder.decode(bytes), encoding);
    } catch {
      return undefined;
    }
  };
}

/** The same for people's eyes: always a text, in the other encoding where that explains it, else with � for what is lost. */
export function readableText(latin1: string, encoding: TextEncoding): string {
  if (ASCII.test(latin1)) return latin1;
  const bytes = Buffer.from(latin1, "latin1");
  const found = ([encoding, "utf-8", "shift_jis"] as const).find((name) => decodes(bytes, name));
  return withWesternSigns(new TextDecoder(found ?? encoding).decode(bytes), found ?? encoding);
}

/** What windows-1252 has from 0x80 on, where Node's decoder gives control characters (https://github.com/nodejs/node/issues/56542). */
const WESTERN_SIGNS = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function withWesternSigns(text: string, encoding: TextEncoding): string {
  return encoding === "windows-1252"
    ? text.replace(/[\x80-\x9f]/g, (sign) => WESTERN_SIGNS[sign.charCodeAt(0) - 0x80] ?? sign)
    : text;
}
