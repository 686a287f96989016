import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { decodeFields, decodeWire, encodeWire, unwrapOutputs } from "../../../preview/sdk/wire";
import { SECRET_MARKER, UNKNOWN_MARKER } from "../../../preview/plan-value";
import { assertMadeFor } from "./made-for";

const { specialSigKey: signature, unknownValue: unknown } = pulumi.runtime;

describe("the wire format", () => {
  it("was made for the installed SDK", () => {
    assertMadeFor("@pulumi/pulumi", "preview/sdk/wire.ts");
  });

  it("has the signatures of the engine's protocol", () => {
    const {
      specialSigKey,
      specialSecretSig,
      specialAssetSig,
      specialArchiveSig,
      specialResourceSig,
      specialOutputValueSig,
      unknownValue,
    } = pulumi.runtime;

    assert.deepEqual(
      {
        specialSigKey,
        specialSecretSig,
        specialAssetSig,
        specialArchiveSig,
        specialResourceSig,
        specialOutputValueSig,
        unknownValue,
      },
      {
        specialSigKey: "4dabf18193072939515e22adb298388d",
        specialSecretSig: "1b47061264138c4ac30d75fd1eb44270",
        specialAssetSig: "c44067f5952c0a294b673a41bacd8c17",
        specialArchiveSig: "0def7320c3a5731c473e5ecbe6d01bc7",
        specialResourceSig: "5cf8f73096256a8f31e491e813e4eb8e",
        specialOutputValueSig: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
        unknownValue: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      },
    );
  });

  it("is read into plain values with markers, in sorted order", async () => {
    const wire = await pulumi.runtime.serializeProperties("it", {
      text: "plain",
      list: [1, true],
      file: new pulumi.asset.StringAsset("content"),
      later: unknown,
    });

    assert.deepEqual(Object.entries(decodeFields(wire)), [
      ["file", { $asset: "content" }],
      ["later", UNKNOWN_MARKER],
      ["list", [1, true]],
      ["text", "plain"],
    ]);
  });

  it("keeps no secret", () => {
    const secret = { [signature]: pulumi.runtime.specialSecretSig, value: "hunter2" };

    assert.equal(decodeWire(secret), SECRET_MARKER);
    assert.equal(JSON.stringify(encodeWire(decodeWire(secret))).includes("hunter2"), false);
  });

  it("brings a plan's values back onto the wire", () => {
    assert.deepEqual(encodeWire({ a: [UNKNOWN_MARKER], b: SECRET_MARKER, c: 1 }), {
      a: [unknown],
      b: { [signature]: pulumi.runtime.specialSecretSig, value: "" },
      c: 1,
    });
  });

  it("unwraps output values and resource references as the engine does for analyzers", () => {
    const output = { [signature]: pulumi.runtime.specialOutputValueSig };

    assert.deepEqual(
      unwrapOutputs({
        known: { ...output, value: ["x"] },
        unknown: output,
        bucket: { [signature]: pulumi.runtime.specialResourceSig, urn: "urn:x", id: "lake" },
      }),
      { known: ["x"], unknown, bucket: "lake" },
    );
  });
});
