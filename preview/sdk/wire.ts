import { createHash } from "node:crypto";
/**
 * How values travel between a Pulumi program and its engine, and back into the plain form in which plans are kept. The
 * signatures are part of the engine's protocol (@pulumi/pulumi runtime/rpc).
 */
import * as pulumi from "@pulumi/pulumi";
import {
  isSecretMarker,
  isUnknownMarker,
  SECRET_MARKER,
  UNKNOWN_MARKER,
  type PlanValue,
} from "../plan-value";

const SIGNATURE = pulumi.runtime.specialSigKey;

/** Wire value -> plain value: unknowns and secrets become markers, resource references their id, assets a description. */
export function decodeWire(value: unknown): PlanValue {
  if (value === pulumi.runtime.unknownValue) return UNKNOWN_MARKER;
  if (Array.isArray(value)) return value.map(decodeWire);
  if (typeof value !== "object" || value === null) return (value ?? null) as PlanValue;
  const fields = value as Record<string, unknown>;
  switch (fields[SIGNATURE]) {
    case pulumi.runtime.specialSecretSig:
      return SECRET_MARKER;
    case pulumi.runtime.specialResourceSig:
      return decodeWire(fields.id || fields.urn);
    case pulumi.runtime.specialOutputValueSig:
      return "value" in fields ? decodeWire(fields.value) : UNKNOWN_MARKER;
    case pulumi.runtime.specialAssetSig:
    case pulumi.runtime.specialArchiveSig:
      return decodeAsset(fields);
    default:
      return decodeFields(fields);
  }
}

/** Texts up to this length stand in a plan as they are; of longer ones, the code of a function, the hash. */
const ASSET_TEXT_MAX = 10_000;

function decodeAsset({ path, uri, text, assets }: Record<string, unknown>): PlanValue {
  if (typeof text === "string" && text.length > ASSET_TEXT_MAX) {
    return { $asset: `sha256:${createHash("sha256").update(text).digest("hex")}` };
  }
  if (assets) return { $archive: decodeFields(assets as Record<string, unknown>) };
  return { $asset: (path ?? uri ?? text ?? "") as string };
}

/** An object before and after it was decoded. */
interface Decoded {
  readonly wire: Readonly<Record<string, unknown>>;
  readonly plain: Readonly<Record<string, PlanValue>>;
}

/**
 * The fields of a wire object, in sorted order so that two recordings compare as text.
 *
 * @param known what is the very same value here as there is not decoded again: most outputs are inputs
 */
export function decodeFields(
  fields: Readonly<Record<string, unknown>>,
  known?: Decoded,
): Record<string, PlanValue> {
  const decoded: Record<string, PlanValue> = {};
  for (const key of Object.keys(fields).sort()) {
    const value = fields[key];
    const same = known !== undefined && known.wire[key] === value ? known.plain[key] : undefined;
    decoded[key] = same ?? decodeWire(value);
  }
  return decoded;
}

/** The engine unwraps output values and resource references before an analyzer sees them. */
export function unwrapOutputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapOutputs);
  if (value === null || typeof value !== "object") return value;
  const fields = value as Record<string, unknown>;
  if (fields[SIGNATURE] === pulumi.runtime.specialOutputValueSig) {
    return "value" in fields ? unwrapOutputs(fields.value) : pulumi.runtime.unknownValue;
  }
  if (fields[SIGNATURE] === pulumi.runtime.specialResourceSig) return fields.id ?? fields.urn;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, unwrapOutputs(item)]),
  );
}

/** A recorded value back on the wire: unknowns and secrets are markers there and sentinels here. */
export function encodeWire(value: unknown): unknown {
  if (isUnknownMarker(value)) return pulumi.runtime.unknownValue;
  if (isSecretMarker(value)) return { [SIGNATURE]: pulumi.runtime.specialSecretSig, value: "" };
  if (Array.isArray(value)) return value.map(encodeWire);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeWire(item)]));
}
