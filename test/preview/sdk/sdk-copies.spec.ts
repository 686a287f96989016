import assert from "node:assert/strict";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { grpc, Struct } from "../../../preview/sdk/sdk-copies";
import { assertMadeFor } from "./made-for";

describe("the SDK's own copies of its libraries", () => {
  it("were made for the installed SDK", () => {
    assertMadeFor("@pulumi/pulumi", "preview/sdk/sdk-copies.ts");
  });

  it("are those that its generated messages and clients use", () => {
    const message = new InvokeResponse();
    message.setReturn(Struct.fromJavaScript({ a: 1 }));

    const copy = InvokeResponse.deserializeBinary(message.serializeBinary());

    assert.ok(copy.getReturn() instanceof Struct);
    assert.ok(AnalyzerClient.prototype instanceof grpc.Client);
  });
});
