import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { once } from "node:events";
import { createGzip } from "node:zlib";

/** Characters that are collected before they go to the stream. */
const BUFFER_CHARACTERS = 1 << 16;

/** A text file that is written in pieces, compressed when its name ends in .gz; memory stays bounded. */
export interface TextFile {
  readonly write: (text: string) => Promise<void> | void;
  readonly close: () => Promise<void>;
}

export async function openTextFile(
  path: string,
  encode: (text: string) => Buffer = (text) => Buffer.from(text),
): Promise<TextFile> {
  const file = createWriteStream(path);
  await once(file, "open");
  const gzip = path.endsWith(".gz") ? createGzip({ level: 1 }) : undefined;
  gzip?.pipe(file);
  const target = gzip ?? file;
  const done = finished(file);
  // A failure is reported by the write or the close that comes after it.
  done.catch(() => undefined);
  let held = "";
  const flush = async () => {
    const text = held;
    held = "";
    if (!target.write(encode(text))) await Promise.race([once(target, "drain"), done]);
  };
  return {
    write: (text) => {
      held += text;
      return held.length < BUFFER_CHARACTERS ? undefined : flush();
    },
    close: async () => {
      await flush();
      target.end();
      await done;
    },
  };
}
