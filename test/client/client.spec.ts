import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { ApiProblem, SmartRetailClient } from "../../client";
import type { ApiRequest, ApiResponse } from "../../runtime/api/http";
import { nodeServer } from "../../runtime/api/node-server";
import { type Signer, verifySignature } from "../../runtime/api/verify-signature";
import { buildClient } from "../../scripts/build-client";
import { smallApi } from "../runtime/api/support/small-night";
import { temporaryFolder } from "../runtime/support/temporary-folder";

const TSC = resolve("node_modules/typescript/bin/tsc");
const SIGNER: Signer = {
  accessKeyId: "AKIAEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI",
  region: "ap-northeast-1",
};
const signing = { region: SIGNER.region, credentials: () => Promise.resolve(SIGNER) };

/** A server that takes signed requests only; `intercept` may answer before the API does. */
function signedServer() {
  const { dispatch } = smallApi();
  const seen: ApiRequest[] = [];
  const world = {
    intercept: undefined as ((attempt: number) => Promise<ApiResponse> | undefined) | undefined,
    seen,
    url: "",
  };
  let server: Server;
  before(async () => {
    const answer = (request: ApiRequest) => {
      seen.push(request);
      return world.intercept?.(seen.length) ?? dispatch(request);
    };
    const authorize = (request: Parameters<typeof verifySignature>[0], body: string) => {
      verifySignature(request, body, SIGNER, Date.now());
      return Promise.resolve();
    };
    server = nodeServer(answer, { authorize });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  beforeEach(() => {
    seen.length = 0;
    world.intercept = undefined;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return world;
}

describe("SmartRetailClient", () => {
  const server = signedServer();
  const slept: number[] = [];
  const clientOf = (options: object = {}) =>
    new SmartRetailClient({
      baseUrl: server.url,
      signing,
      sleep: (milliseconds) => {
        slept.push(milliseconds);
        return Promise.resolve();
      },
      ...options,
    });
  beforeEach(() => (slept.length = 0));
  const unavailable = (headers = {}) =>
    Promise.resolve({ status: 503, headers: { "content-type": "application/json", ...headers }, body: "{}" });

  it("calls every operation with a signature that an independent check takes", async () => {
    const client = clientOf();

    const { forecasts } = await client.forecast("S1", { skus: ["D1"], days: 2 });
    const { order } = await client.readOrder("S1");
    const confirmed = await client.confirmOrder("S1", order.day, [{ sku: "D1", packs: 1 }]);
    const changed = await client.confirmOrder("S1", order.day, [{ sku: "D1", packs: 2 }], confirmed.etag);
    const { status } = await client.health();

    assert.deepEqual([forecasts[0]!.days.length, order.storeName, status], [2, "駅前店", "ok"]);
    assert.deepEqual(changed.order.confirmed!.lines, [{ sku: "D1", packs: 2 }]);
  });

  it("signs a store's code with any letters", async () => {
    await assert.rejects(clientOf().readOrder("駅前 1/(a)*"), { kind: "unknown-store", status: 404 });
  });

  it("throws what the API says is wrong", async () => {
    const error = await clientOf()
      .forecast("S9", { skus: ["D1"] })
      .catch((caught: unknown) => caught);

    assert.ok(error instanceof ApiProblem);
    assert.deepEqual([error.status, error.kind], [404, "unknown-store"]);
    assert.match(error.message, /"S9" is not one of the chain's/);
    assert.equal(server.seen.length, 1);
  });

  for (const [what, given] of [
    ["nobody", { signing: undefined }],
    [
      "a wrong secret",
      { signing: { ...signing, credentials: () => Promise.resolve({ ...SIGNER, secretAccessKey: "x" }) } },
    ],
    ["another region", { signing: { ...signing, region: "us-east-1" } }],
    [
      "another key",
      {
        signing: { ...signing, credentials: () => Promise.resolve({ ...SIGNER, accessKeyId: "AKIAOTHER" }) },
      },
    ],
  ] as const) {
    it(`is refused with 403 not-signed when ${what} signs`, async () => {
      await assert.rejects(clientOf(given).health(), { kind: "not-signed", status: 403 });
      assert.equal(server.seen.length, 0);
    });
  }

  it("tries again what passes, each time with a new signature, and waits as long as the server asks", async () => {
    server.intercept = (attempt) => (attempt < 3 ? unavailable({ "retry-after": "2" }) : undefined);

    const { status } = await clientOf().health();

    assert.equal(status, "ok");
    assert.deepEqual([server.seen.length, slept], [3, [2000, 2000]]);
  });

  it("sends the same body again", async () => {
    server.intercept = (attempt) => (attempt === 1 ? unavailable() : undefined);

    await clientOf().forecast("S1", { skus: ["D1"] });

    assert.equal(server.seen.length, 2);
    assert.equal(server.seen[0]!.body, server.seen[1]!.body);
    assert.ok(slept[0]! >= 0 && slept[0]! < 200);
  });

  it("gives up after its attempts, and tries nothing again that will not pass", async () => {
    server.intercept = () => unavailable();

    await assert.rejects(clientOf().health(), { name: "ApiProblem", status: 503 });
    assert.equal(server.seen.length, 3);
  });

  it("ends an attempt in time", async () => {
    server.intercept = () => new Promise(() => undefined);

    await assert.rejects(clientOf({ timeoutMilliseconds: 30, attempts: 2 }).health(), {
      name: "TimeoutError",
    });
    assert.equal(slept.length, 1);
  });
});

describe("the client's package, packed and used from another folder", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const server = signedServer();

  before(async () => {
    await buildClient(folder.path("package"));
    const app = folder.path("app");
    const installed = join(app, "node_modules", "smartretail-client");
    mkdirSync(installed, { recursive: true });
    execFileSync("npm", ["pack", "--silent", "--pack-destination", app], { cwd: folder.path("package") });
    const [archive = ""] = readdirSync(app).filter((file) => file.endsWith(".tgz"));
    execFileSync("tar", ["-xzf", join(app, archive), "--strip-components", "1", "-C", installed]);
    writeFileSync(join(app, "package.json"), '{"type":"module"}');
  });

  it("calls the API with no other package", async () => {
    writeFileSync(
      join(folder.path("app"), "app.js"),
      `import { SmartRetailClient } from "smartretail-client";
       const [baseUrl, key, secret] = process.argv.slice(2);
       const credentials = async () => ({ accessKeyId: key, secretAccessKey: secret });
       const client = new SmartRetailClient({ baseUrl, signing: { region: "ap-northeast-1", credentials } });
       const { forecasts } = await client.forecast("S1", { skus: ["D1"], days: 1 });
       console.log(forecasts[0].sku, forecasts[0].days[0].units);`,
    );
    const { execFile } = await import("node:child_process");
    const argv = ["app.js", server.url, SIGNER.accessKeyId, SIGNER.secretAccessKey];

    const stdout = await new Promise<string>((done, fail) =>
      execFile(process.execPath, argv, { cwd: folder.path("app"), encoding: "utf8" }, (error, out) =>
        error ? fail(error) : done(out),
      ),
    );

    assert.equal(stdout, "D1 15\n");
  });

  it("has types that know the API's fields, and no others", () => {
    const source = (field: string) => `
      import { SmartRetailClient } from "smartretail-client";
      const { order } = await new SmartRetailClient({ baseUrl: "x" }).readOrder("S1");
      export const text: string = order.lines[0]!.${field};`;
    for (const field of ["reason", "reasons"])
      writeFileSync(join(folder.path("app"), `${field}.ts`), source(field));
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022"];

    const { stdout } = spawnSync(
      process.execPath,
      // The package's own types are checked, the compiler's are not: three quarters of the time.
      [TSC, ...options, "--skipDefaultLibCheck", "reason.ts", "reasons.ts"],
      { cwd: folder.path("app"), encoding: "utf8" },
    );

    assert.match(stdout, /^reasons\.ts\(4,\d+\): [^\n]*Property 'reasons' does not exist[^\n]*\n$/);
  });
});
