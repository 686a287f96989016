import type { SecretValue } from "./secrets";

/**
 * Values that a preview cannot know yet travel as these strings (one a type; the engine's plugin protocol).
 * The list is part of the wire format, so it is stable; a test compares it with the SDK's own constants.
 */
const SENTINELS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** The sentinel of an unknown string: what a provider computes is one of these in most previews. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && SENTINELS.has(value);
}

/** Whether `value` or anything inside it is unknown. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(containsUnknown);
  return false;
}

/** Key that marks a special object (asset, archive, secret) in the plugin protocol, and the mark of a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Decoded wire properties as plain data: secrets are replaced by their values, assets stay objects. Every secret goes
 * into `secrets`, with its path below `path`.
 */
export function plain(value: unknown, secrets: SecretValue[] = [], path = ""): unknown {
  if (Array.isArray(value)) return value.map((item, i) => plain(item, secrets, `${path}[${i}]`));
  if (value === null || typeof value !== "object") return value;
  const record = value as Record<string, unknown>;
  if (record[SIGNATURE] === SECRET) {
    const opened = plain(record.value, secrets, path);
    if (!isUnknown(opened)) secrets.push({ path, value: opened });
    return opened;
  }
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plain(item, secrets, path === "" ? key : `${path}.${key}`)]),
  );
}
