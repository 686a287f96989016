import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { packRunner } from "../../../preview/sdk/pack-runner";
import { assertMadeFor } from "./made-for";

describe("packRunner", () => {
  it("was made for the installed SDK", () => {
    assertMadeFor("@pulumi/pulumi", "preview/sdk/pack-runner.ts");
  });

  it("is a script of the SDK", () => {
    assert.match(createRequire(__filename).resolve(packRunner()), /run-policy-pack[\\/]index\.js$/);
  });
});
