import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { MAX_BODY_BYTES } from "../../../contracts/api";
import { nodeServer } from "../../../runtime/api/node-server";
import { problem } from "../../../runtime/api/schemas";
import { smallApi } from "./support/small-night";

describe("a bad request over HTTP", () => {
  const { dispatch, world } = smallApi();
  let server: Server;
  let url = "";
  before(async () => {
    server = nodeServer(dispatch);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  after(() => server.close());

  const send = (method: string, path: string, body?: string, type = "application/json") =>
    fetch(url + path, { method, body, headers: body === undefined ? {} : { "content-type": type } });
  const skus = (count: number) => Array.from({ length: count }, (_, i) => `SKU${i}`);
  const forecast = (body: object) => ["POST", "/stores/S1/forecasts", JSON.stringify(body)] as const;

  const cases: readonly [
    what: string,
    request: readonly [method: string, path: string, body?: string, type?: string],
    status: number,
    kind: string,
    detail: RegExp,
  ][] = [
    ["an unknown store", ["POST", "/stores/S9/forecasts", '{"skus":["D1"]}'], 404, "unknown-store", /"S9"/],
    [
      "a store named like a member of every object",
      ["GET", "/stores/__proto__/order"],
      404,
      "unknown-store",
      /__proto__/,
    ],
    ["SKUs of which none is known", forecast({ skus: ["x", "y"] }), 404, "unknown-skus", /"x", "y"/],
    ["10,000 SKUs", forecast({ skus: skus(10_000) }), 400, "invalid-request", /skus.*<=100/],
    ["no SKU", forecast({ skus: [] }), 400, "invalid-request", /skus/],
    ["the same SKU twice", forecast({ skus: ["D1", "D1"] }), 400, "invalid-request", /names a SKU twice/],
    ["a horizon of 0", forecast({ skus: ["D1"], days: 0 }), 400, "invalid-request", /\/days.*>=1/],
    ["a horizon of 15", forecast({ skus: ["D1"], days: 15 }), 400, "invalid-request", /\/days.*<=7/],
    ["a negative horizon", forecast({ skus: ["D1"], days: -3 }), 400, "invalid-request", /\/days/],
    ["half a day", forecast({ skus: ["D1"], days: 1.5 }), 400, "invalid-request", /\/days/],
    [
      "a day that is past",
      forecast({ skus: ["D1"], from: "2026-11-22" }),
      400,
      "invalid-request",
      /2026-11-23 to 2026-11-29/,
    ],
    [
      "days beyond the horizon",
      forecast({ skus: ["D1"], from: "2026-11-25" }),
      400,
      "invalid-request",
      /7 days from 2026-11-25/,
    ],
    [
      "no day of the calendar",
      forecast({ skus: ["D1"], from: "2026-02-30" }),
      400,
      "invalid-request",
      /\/from/,
    ],
    ["a number for a list", forecast({ skus: 7 }), 400, "invalid-request", /\/skus.*array/],
    ["an unknown field", forecast({ skus: ["D1"], horizon: 7 }), 400, "invalid-request", /horizon/],
    ["a body that is no JSON", ["POST", "/stores/S1/forecasts", "{skus"], 400, "invalid-json", /JSON/],
    ["no body", ["POST", "/stores/S1/forecasts", ""], 400, "invalid-json", /JSON/],
    [
      "another media type",
      ["POST", "/stores/S1/forecasts", "a=1", "text/plain"],
      415,
      "not-json",
      /text\/plain/,
    ],
    [
      "a huge body",
      ["POST", "/stores/S1/forecasts", `{"skus":["${"x".repeat(MAX_BODY_BYTES)}"]}`],
      413,
      "body-too-large",
      /524288/,
    ],
    [
      "a code of a thousand letters",
      ["GET", `/stores/${"x".repeat(1000)}/order`],
      400,
      "invalid-request",
      /store.*<=64/,
    ],
    ["no percent-encoding", ["GET", "/stores/%E3%81/order"], 400, "invalid-request", /percent-encoded/],
    ["another method", ["DELETE", "/stores/S1/order"], 405, "method-not-allowed", /GET/],
    ["no such path", ["GET", "/shops"], 404, "no-such-path", /GET \/shops/],
    [
      "another day's order",
      ["PUT", "/stores/S1/order/2026-11-30", '{"lines":[{"sku":"D1","packs":1}]}'],
      404,
      "no-recommendation",
      /2026-11-23/,
    ],
    [
      "an order of what the store does not sell",
      ["PUT", "/stores/S1/order/2026-11-23", '{"lines":[{"sku":"F9","packs":1}]}'],
      400,
      "invalid-request",
      /\/lines\/0\/sku.*"F9"/,
    ],
    [
      "a negative order",
      ["PUT", "/stores/S1/order/2026-11-23", '{"lines":[{"sku":"D1","packs":-1}]}'],
      400,
      "invalid-request",
      /\/lines\/0\/packs/,
    ],
    [
      "a million packs",
      ["PUT", "/stores/S1/order/2026-11-23", '{"lines":[{"sku":"D1","packs":1000000}]}'],
      400,
      "invalid-request",
      /<=1000/,
    ],
  ];

  for (const [what, request, status, kind, detail] of cases) {
    it(`with ${what} is answered ${status} ${kind}, as a problem document that says what is wrong`, async () => {
      const response = await send(...request);

      const body = (await response.json()) as { type: string; status: number; detail: string };
      assert.equal(response.status, status);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
      assert.ok(problem.safeParse(body).success, JSON.stringify(body));
      assert.equal(body.type, `urn:smartretail:problem:${kind}`);
      assert.match(body.detail, detail);
    });
  }

  it("names every field that is wrong, the first ten of them", async () => {
    const body = JSON.stringify({ lines: skus(30).map((sku) => ({ sku, packs: -1 })) });

    const response = await send("PUT", "/stores/S1/order/2026-11-23", body);

    const { errors, detail } = (await response.json()) as { errors: { field: string }[]; detail: string };
    assert.deepEqual([errors.length, errors[0]!.field], [10, "/lines/0/packs"]);
    assert.match(detail, /and 20 more$/);
  });

  it("tells a caller nothing of a fault inside, and the log everything", async () => {
    world.objects.put = () => Promise.reject(new Error("secret of the bucket"));

    const response = await send("PUT", "/stores/S1/order/2026-11-23", '{"lines":[{"sku":"D1","packs":1}]}');

    const text = await response.text();
    assert.equal(response.status, 500);
    assert.doesNotMatch(text, /secret/);
    assert.match(String(world.errors[0]), /secret of the bucket/);
  });

  it("takes a store's code with any letters", async () => {
    const response = await send("GET", `/stores/${encodeURIComponent("駅前/1")}/order`);

    const { detail } = (await response.json()) as { detail: string };
    assert.equal(response.status, 404);
    assert.match(detail, /駅前\/1/);
  });
});
