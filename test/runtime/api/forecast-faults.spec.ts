import assert from "node:assert/strict";
import { seriesDay } from "../../../contracts/feature-groups";
import { SERVING_FILES } from "../../../contracts/serving-files";
import { readFeatures } from "../../../runtime/api/forecast/read-features";
import { CHAMPION, smallApi } from "./support/small-night";

interface Day {
  readonly units: number;
  readonly source: string;
}
type Body = {
  forecasts: { sku: string; days: Day[] }[];
  complete: boolean;
  degraded: boolean;
  notices: string[];
};

/** `D1 batch 4`: each SKU's first day. */
const firstDays = ({ forecasts }: Body) =>
  forecasts.map(({ sku, days }) => `${sku} ${days[0]!.source} ${days[0]!.units}`);
const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));

describe("the forecast operation when something is broken", () => {
  for (const [fault, error] of [
    ["answers with a server error", "ModelError: Received server error (500) from primary"],
    ["throttles", "ThrottlingException: Rate exceeded"],
    ["has lost the model", "ValidationError: Failed to download model data"],
  ] as const) {
    it(`serves last night's forecast when the endpoint ${fault}, and the other categories by their models`, async () => {
      const { forecast, world } = smallApi();
      const working = world.invoke;
      world.invoke = (invocation, signal) =>
        invocation.category === "drinks" ? Promise.reject(new Error(error)) : working(invocation, signal);

      const { status, body } = await forecast({ skus: ["D1", "F1"] });

      assert.equal(status, 200);
      assert.deepEqual(firstDays(body), ["D1 batch 4", "F1 model 15"]);
      assert.deepEqual([body.complete, body.degraded], [true, true]);
      assert.ok(body.notices[0].includes(error) && body.notices[0].includes(CHAMPION), body.notices[0]);
      assert.deepEqual(
        body.models.map(({ answered }: { answered: boolean }) => answered),
        [false, true],
      );
    });
  }

  it("gives up a model that is too slow in time for the caller, and aborts the call", async () => {
    const { forecast, world } = smallApi({ deadlineMilliseconds: 60 });
    let aborted = false;
    const working = world.invoke;
    world.invoke = (invocation, signal) => {
      if (invocation.category === "food") return working(invocation, signal);
      signal.addEventListener("abort", () => (aborted = true));
      return new Promise(() => undefined);
    };

    const { body } = await forecast({ skus: ["D1", "F1"] });

    assert.deepEqual(firstDays(body), ["D1 batch 4", "F1 model 15"]);
    assert.match(body.notices[0], /did not answer in time/);
    assert.ok(aborted);
  });

  it("serves the challenger's own batch forecast to a store of the challenger", async () => {
    const { forecast, world } = smallApi();
    world.invoke = () => Promise.reject(new Error("down"));
    world.splits.set("drinks", {
      experimentId: "e",
      category: "drinks",
      championVersion: CHAMPION,
      challengerVersion: "20261004-bbbbbbbb",
      challengerShare: 1,
    });

    assert.deepEqual(firstDays((await forecast({ skus: ["D1"] })).body), ["D1 batch 8"]);
  });

  it("serves last night's forecasts when the feature store is down, and asks no model", async () => {
    const { forecast, world } = smallApi();
    world.readBatch = () => Promise.reject(new Error("connect ECONNREFUSED"));

    const { status, body } = await forecast({ skus: ["D1", "F1"] });

    assert.deepEqual([status, world.invocations.length], [200, 0]);
    assert.deepEqual(firstDays(body), ["D1 batch 4", "F1 batch 4"]);
    assert.match(body.notices.join(), /ECONNREFUSED/);
  });

  it("uses what had come in when the feature store stops answering halfway", async () => {
    const { forecast, world } = smallApi({ deadlineMilliseconds: 80 });
    const working = world.readBatch;
    const first = seriesDay(1, 1, 1);
    world.readBatch = async (ids, signal) => {
      if (!ids.includes(first)) return never(signal);
      const { rows } = await working([first], signal);
      return { rows, unprocessed: ids.filter((id) => id !== first) };
    };

    const { body } = await forecast({ skus: ["D1", "D2"], days: 1 });

    assert.deepEqual(firstDays(body), ["D1 model 15", "D2 batch 4"]);
  });

  it("fills gaps of the feature store from last night, cell by cell", async () => {
    const { forecast, world } = smallApi();
    world.rows.delete(seriesDay(1, 1, 2));

    const { body } = await forecast({ skus: ["D1"], days: 3 });

    assert.deepEqual(
      body.forecasts[0].days.map(({ source }: Day) => source),
      ["model", "batch", "model"],
    );
    assert.deepEqual(body.notices, ["features: 1 of 3 rows are missing"]);
  });

  it("does not take the row of another week for this day's", async () => {
    const { forecast, world } = smallApi();
    const id = seriesDay(1, 1, 1);
    world.rows.set(id, { ...world.rows.get(id)!, day: "2026-11-16" });

    assert.deepEqual(firstDays((await forecast({ skus: ["D1"], days: 1 })).body), ["D1 batch 4"]);
  });

  it("asks again for what was left unprocessed, and says what never came", async () => {
    const asked: number[] = [];
    const store = {
      readBatch: (ids: readonly string[]) => {
        asked.push(ids.length);
        const [first, ...unprocessed] = ids;
        const row = { day: "2026-11-23", csv: "1", baseline: 1, naive: 1 };
        return Promise.resolve({ rows: new Map([[first!, row]]), unprocessed });
      },
    };
    const rows = new Map();

    const unread = await readFeatures(
      store,
      Array.from({ length: 106 }, (_, i) => `id-${i}`),
      rows,
      new AbortController().signal,
      () => 0,
    );

    assert.deepEqual(
      asked.sort((a, b) => b - a),
      [100, 99, 98, 97, 6, 5, 4, 3],
    );
    assert.deepEqual([rows.size, unread.count], [8, 98]);
  });

  for (const [what, text] of [
    ["NaN", "nan"],
    ["a negative factor", "-1"],
    ["zero", "0"],
  ] as const) {
    it(`does not serve ${what}, and says so`, async () => {
      const { forecast, world } = smallApi();
      world.invoke = () => Promise.resolve({ text: `1.5,${text},1.5`, contentType: "text/csv" });

      const { body } = await forecast({ skus: ["D1"], days: 3 });

      assert.deepEqual(
        body.forecasts[0].days.map(({ source }: Day) => source),
        ["model", "batch", "model"],
      );
      assert.match(body.notices[0], /1 of 3 rows with no factor above 0/);
    });
  }

  it("trusts no answer that has another number of rows than were sent", async () => {
    const { forecast, world } = smallApi();
    world.invoke = () => Promise.resolve({ text: "1.5,1.5", contentType: "text/csv" });

    const { body } = await forecast({ skus: ["D1"], days: 3 });

    assert.deepEqual(firstDays(body), ["D1 batch 4"]);
    assert.match(body.notices[0], /answered 2 values to 3 rows/);
  });

  it("goes on with the pointers that it knows when they cannot be read, and says so", async () => {
    const { forecast, world } = smallApi();
    await forecast({ skus: ["D1"] });
    world.readPointers = () => Promise.reject(new Error("AccessDenied"));

    world.now = 3_600_000;
    const { body } = await forecast({ skus: ["D1"], days: 1 });

    assert.deepEqual(firstDays(body), ["D1 model 15"]);
    assert.match(body.notices.join(), /the model pointers cannot be read anew/);
  });

  it("serves the champion when an experiment cannot be read for longer than a rollback may take", async () => {
    const { forecast, world } = smallApi();
    const variantAt = async (now: number) => {
      world.now = now;
      return (await forecast({ skus: ["D1"], days: 1 })).body.models[0].variant as string;
    };
    world.splits.set("drinks", {
      experimentId: "e",
      category: "drinks",
      championVersion: CHAMPION,
      challengerVersion: "20261004-bbbbbbbb",
      challengerShare: 1,
    });

    const before = await variantAt(0);
    world.readSplit = () => Promise.reject(new Error("table is gone"));

    assert.deepEqual(
      [before, await variantAt(15_000), await variantAt(21_000)],
      ["challenger", "challenger", "champion"],
    );
  });

  it("serves by fallbacks when a pointer holds no version", async () => {
    const { forecast, world } = smallApi();
    world.pointers = { champion: { ...world.pointers.champion, drinks: "latest" } };

    const { body } = await forecast({ skus: ["D1"] });

    assert.deepEqual(firstDays(body), ["D1 batch 4"]);
    assert.deepEqual(body.notices, ["drinks: no live model version is known"]);
  });

  it("goes on with the night that it knows when its files cannot be read, and answers 503 when it knows none", async () => {
    const known = smallApi();
    await known.forecast({ skus: ["D1"] });
    known.world.objects.failure = new Error("SlowDown");
    known.world.now = 120_000;
    const fresh = smallApi();
    fresh.world.objects.failure = new Error("SlowDown");

    const { status, body } = await known.forecast({ skus: ["D1", "x"] });
    const none = await fresh.forecast({ skus: ["D1"] });

    assert.deepEqual([status, firstDays(body)], [200, ["D1 model 15"]]);
    assert.deepEqual(body.missing, [{ sku: "x", reason: "no-forecast" }]);
    assert.deepEqual([none.status, none.headers["retry-after"]], [503, "5"]);
  });

  it("never gives a figure without a source: what nothing is known of is missing", async () => {
    const { forecast, world } = smallApi();
    world.objects.set(SERVING_FILES.store(1), "not gzip");

    const { status, body } = await forecast({ skus: ["D1"] });

    assert.equal(status, 503);
    assert.equal(body.type, "urn:smartretail:problem:not-available");
  });
});
