import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { assertMadeFor } from "../../preview/sdk/made-for";

const requireFromPolicy = createRequire(require.resolve("@pulumi/policy"));

describe("servePack", () => {
  it("was made for the installed policy SDK", () => {
    assertMadeFor("@pulumi/policy", "policies/kit/serve.ts");
  });

  it("answers three calls that the protocol has", () => {
    const methods = Object.keys(AnalyzerService);

    assert.deepEqual(
      ["configure", "analyze", "analyzeStack"].filter((name) => !methods.includes(name)),
      [],
    );
  });

  it("finds one place in the SDK where a server gets the handlers of the analyzer", () => {
    const server = readFileSync(requireFromPolicy.resolve("./server.js"), "utf8");
    const { Server } = requireFromPolicy("@grpc/grpc-js") as { Server: { prototype: object } };

    assert.equal(server.match(/\.addService\(analyzerrpc\.AnalyzerService,/g)?.length, 1);
    assert.ok(Object.hasOwn(Server.prototype, "addService"));
  });
});
