/**
 * How values travel between a Pulumi program and its engine, and the plain form in which this tree keeps them.
 * The signatures are part of the engine's protocol (@pulumi/pulumi runtime/rpc).
 */
import * as pulumi from "@pulumi/pulumi";

const SIGNATURE = pulumi.runtime.specialSigKey;

/** Stands for a value that is only known once the cloud has made the resource. */
export const UNKNOWN_MARKER = Object.freeze({ $unknown: true });
/** Stands for a secret: its value is never kept. */
export const SECRET_MARKER = Object.freeze({ $secret: true });

export type PlanValue =
  null | boolean | number | string | readonly PlanValue[] | { readonly [key: string]: PlanValue };

export function isUnknownMarker(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { $unknown?: unknown }).$unknown === true;
}

export function isSecretMarker(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { $secret?: unknown }).$secret === true;
}

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

function decodeAsset({ path, uri, text, assets }: Record<string, unknown>): PlanValue {
  if (assets) return { $archive: decodeFields(assets as Record<string, unknown>) };
  return { $asset: (path ?? uri ?? text ?? "") as string };
}

/** The fields of a wire object, in sorted order so that two recordings compare as text. */
export function decodeFields(fields: Record<string, unknown>): Record<string, PlanValue> {
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map((key) => [key, decodeWire(fields[key])]),
  );
}
