import { createHash } from "node:crypto";
import jsonata from "jsonata";

/** Where the functions that are no pure ones get their values. */
export interface FunctionSources {
  readonly now: () => number;
  /** From 0 up to 1, without 1. */
  readonly random: () => number;
}

const HASHES: Readonly<Record<string, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/** $range and $partition give at most so many: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
const LARGEST_ARRAY = 1000;

/** What Step Functions adds to JSONata, and takes away ($eval). Times are those of the run's clock. */
export function stateFunctions({ now, random }: FunctionSources): Record<string, unknown> {
  return {
    partition,
    range,
    hash,
    random: (seed?: number) => (seed === undefined ? random() : seeded(seed)),
    uuid: () => uuid(random),
    parse: (text: string) => JSON.parse(text) as unknown,
    eval: undefined,
    millis: () => now(),
    now: (picture?: string, timeZone?: string) =>
      picture === undefined
        ? new Date(now()).toISOString()
        : jsonata("$fromMillis($m, $p, $z)").evaluate(undefined, { m: now(), p: picture, z: timeZone }),
  };
}

function partition(values: readonly unknown[], size: number): unknown[][] {
  if (!(size >= 1)) throw new Error(`$partition by ${size}: a size from 1 up is allowed`);
  const parts: unknown[][] = [];
  for (let at = 0; at < values.length; at += Math.floor(size)) {
    parts.push([...values.slice(at, at + Math.floor(size))]);
  }
  return parts;
}

/** Both ends are in it. */
function range(first: number, last: number, step: number): number[] {
  const count = step === 0 ? NaN : Math.floor((last - first) / step) + 1;
  if (!(count <= LARGEST_ARRAY)) {
    throw new Error(`$range(${first}, ${last}, ${step}): up to ${LARGEST_ARRAY} values are allowed`);
  }
  return Array.from({ length: Math.max(0, count) }, (_, i) => first + i * step);
}

function hash(text: string, algorithm: string): string {
  const name = HASHES[algorithm];
  if (name === undefined) {
    throw new Error(`$hash by "${algorithm}": ${Object.keys(HASHES).join(", ")} are allowed`);
  }
  return createHash(name).update(text).digest("hex");
}

/** The same for the same seed; the numbers themselves are not those of AWS. */
function seeded(seed: number): number {
  return createHash("sha256").update(String(seed)).digest().readUInt32BE() / 2 ** 32;
}

/** Version 4 of RFC 9562 from the run's own random numbers. */
function uuid(random: () => number): string {
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (character) => {
    const digit = Math.floor(random() * 16);
    return (character === "x" ? digit : (digit & 0x3) | 0x8).toString(16);
  });
}
