import assert from "node:assert/strict";
import { forecastAnswer, orderAnswer } from "../../../runtime/api/schemas";
import { openAccountApi } from "../../../runtime/pipelines/local/account-api";
import { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import { openLocalAccount } from "../../../scripts/pipeline/local-account";
import { temporaryFolder } from "../support/temporary-folder";
import { published } from "./support/run-night";

const WORLD = { stores: 2, skus: 16, days: 130, seed: 4 };

describe("a night of the machines", () => {
  const folder = temporaryFolder();

  it("is what the API answers from, by the manifest alone", async () => {
    const account = folder.path("account");
    const runs = await openLocalAccount({ account, world: WORLD });
    for (const kind of ["weekly", "nightly"] as const) {
      const end = await runs.follow(await runs.start(kind), () => undefined);
      assert.equal(end.status, "SUCCEEDED", end.detail);
    }
    const cloud = new LocalCloud(account);
    const api = await openAccountApi(cloud, {
      log: () => undefined,
      onError: (error) => assert.fail(String(error)),
    });
    const { night, store } = (await api.forecast.night.open()).value;
    const [code, { id }] = Object.entries(night.stores)[0]!;
    const { skus } = (await store(id))!;
    const ask = (method: string, path: string, body = "") =>
      api.dispatch({ method, path, body, headers: { "content-type": "application/json" }, requestId: "r" });

    const answer = await ask(
      "POST",
      `/stores/${code}/forecasts`,
      JSON.stringify({ skus: Object.keys(skus) }),
    );
    const order = await ask("GET", `/stores/${code}/order`);
    api.close();

    const manifest = published(cloud, "night")!;
    assert.deepEqual([night.cutoff, api.today], [manifest["cutoff"], manifest["runDate"]]);
    const { forecasts, complete } = forecastAnswer.parse(JSON.parse(answer.body));
    assert.deepEqual([answer.status, complete, forecasts.length], [200, true, Object.keys(skus).length]);
    assert.ok(forecasts.length > 5);
    for (const { sku, days } of forecasts) {
      const batch = skus[sku]!.champion;
      days.forEach(({ units }, i) =>
        assert.ok(Math.abs(units - batch[i]!) <= 0.001 * batch[i]!, `${sku} ${i}`),
      );
    }
    const sources = new Set(forecasts.flatMap(({ days }) => days.map(({ source }) => source)));
    assert.ok(sources.has("model"), [...sources].join());
    assert.equal(orderAnswer.parse(JSON.parse(order.body)).day, api.today);
  });
});
