import assert from "node:assert/strict";
import { orderAnswer } from "../../../runtime/api/schemas";
import { smallApi } from "./support/small-night";

const JSON_TYPE = { "content-type": "application/json" };
const order = (packs: number, sku = "D1") => ({ lines: [{ sku, packs }] });
const PATH = "/stores/S1/order/2026-11-23";

describe("the order operations", () => {
  it("say what to order this morning and why", async () => {
    const { call } = smallApi();

    const { status, body, headers } = await call("GET", "/stores/S1/order");

    assert.equal(status, 200);
    assert.ok(orderAnswer.safeParse(body).success);
    assert.deepEqual(
      [body.storeName, body.day, body.stockSource, body.lines[0].packs, body.lines[0].reason],
      ["駅前店", "2026-11-23", "counted", 2, "demand"],
    );
    assert.deepEqual([body.confirmed, headers.etag], [undefined, undefined]);
  });

  it("keep a confirmed order, changed or not, and show it from then on", async () => {
    const { call } = smallApi();

    const confirmed = await call("PUT", PATH, {
      lines: [
        { sku: "D1", packs: 1 },
        { sku: "D2", packs: 3 },
      ],
    });
    const read = await call("GET", "/stores/S1/order");

    assert.deepEqual([confirmed.status, read.status], [201, 200]);
    assert.deepEqual(read.body.confirmed, {
      at: "1970-01-01T00:00:00.000Z",
      lines: [
        { sku: "D1", packs: 1 },
        { sku: "D2", packs: 3 },
      ],
    });
    assert.equal(read.headers.etag, confirmed.headers.etag);
  });

  it("take the same order twice as one, whatever the order of its lines", async () => {
    const { call, world } = smallApi();
    const lines = [
      { sku: "D1", packs: 1 },
      { sku: "D2", packs: 3 },
    ];
    const first = await call("PUT", PATH, { lines });
    world.now = 60_000;

    const again = await call("PUT", PATH, { lines: [...lines].reverse() });

    assert.deepEqual([again.status, again.headers.etag], [200, first.headers.etag]);
    assert.equal(again.body.confirmed.at, "1970-01-01T00:00:00.000Z");
  });

  it("do not let one person overwrite another's order unseen", async () => {
    const { call } = smallApi();
    const first = await call("PUT", PATH, order(1));

    const blind = await call("PUT", PATH, order(2));
    const seen = await call("PUT", PATH, order(2), { ...JSON_TYPE, "if-match": first.headers.etag! });
    const late = await call("PUT", PATH, order(5), { ...JSON_TYPE, "if-match": first.headers.etag! });

    assert.deepEqual([blind.status, seen.status, late.status], [409, 200, 412]);
    assert.equal((await call("GET", "/stores/S1/order")).body.confirmed.lines[0].packs, 2);
  });

  it("let one of two who confirm at the same moment win", async () => {
    const { call } = smallApi();

    const both = await Promise.all([call("PUT", PATH, order(1)), call("PUT", PATH, order(2))]);

    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
  });
});

describe("the health operation", () => {
  it("says of what forecasts can be made", async () => {
    const { call, world } = smallApi();

    const good = await call("GET", "/health");
    world.readBatch = () => Promise.reject(new Error("down"));
    const bad = await call("GET", "/health");

    assert.deepEqual([good.status, good.body.status, good.body.asOf], [200, "ok", "2026-11-22"]);
    assert.equal(bad.body.status, "degraded");
    assert.deepEqual(
      bad.body.checks.filter(({ ok }: { ok: boolean }) => !ok),
      [{ name: "features", ok: false, detail: "down" }],
    );
  });

  it("is degraded by a night that is a day late", async () => {
    const { call } = smallApi({ today: "2026-11-24" });

    assert.equal((await call("GET", "/health")).body.status, "degraded");
  });
});
