import { createReadStream } from "node:fs";
import { TextDecoder } from "node:util";
import { createGunzip } from "node:zlib";
import { kindOfFile } from "./file-kind";
import { detectWide, type WideEncoding } from "./text-encoding";

const CHUNK_BYTES = 1 << 20;

export interface ByteStreamOptions {
  readonly encoding: string;
  /** @default a megabyte */
  readonly chunkBytes?: number;
  readonly onBytes?: (bytes: number) => void;
}

export interface BytePiece {
  readonly bytes: Buffer;
  /** The file had two bytes a character and is UTF-8 from here on. */
  readonly isTranscoded: boolean;
}

/** A file's bytes a megabyte at a time: unpacked when they are gzip, whatever the name says, UTF-16 as UTF-8. */
export async function* readBytes(path: string, options: ByteStreamOptions): AsyncGenerator<BytePiece> {
  let wide: TextDecoder | undefined;
  let isFirst = true;
  const isGzip = (await kindOfFile(path)) === "gzip";
  for await (const bytes of openBytes(path, isGzip, options)) {
    if (isFirst) {
      const found = wideEncodingOf(bytes, options.encoding);
      wide = found ? new TextDecoder(found) : undefined;
      isFirst = false;
    }
    yield wide ? transcode(wide, bytes) : { bytes, isTranscoded: false };
  }
  if (wide) yield transcode(wide);
}

function wideEncodingOf(bytes: Buffer, encoding: string): WideEncoding | undefined {
  if (encoding === "utf-16le" || encoding === "utf-16be") return encoding;
  return encoding === "auto" ? detectWide(bytes) : undefined;
}

function transcode(decoder: TextDecoder, bytes?: Buffer): BytePiece {
  const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  return { bytes: Buffer.from(text, "utf8"), isTranscoded: true };
}

function openBytes(path: string, isGzip: boolean, options: ByteStreamOptions): AsyncIterable<Buffer> {
  const chunkBytes = options.chunkBytes ?? CHUNK_BYTES;
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  file.on("data", (chunk) => options.onBytes?.(chunk.length));
  if (!isGzip) return file as AsyncIterable<Buffer>;
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  file.on("error", (error) => gunzip.destroy(error));
  return file.pipe(gunzip) as AsyncIterable<Buffer>;
}

/** A damaged gzip ends the file; any other failure is not ours to explain. */
export function gzipDamage(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (code === "Z_BUF_ERROR") return "the gzip data ends in the middle";
  if (code === "Z_DATA_ERROR") return "the gzip data is damaged";
  throw error;
}
