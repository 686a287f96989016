import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openLocalApi } from "../../../runtime/api/local-api";
import { forecastAnswer, orderAnswer } from "../../../runtime/api/schemas";
import { replaceFolder } from "../../../runtime/engine/files/replace-folder";
import { workNames } from "../../../runtime/engine/files/work-names";
import { runWeek } from "../../../runtime/pipelines/run-week";
import { Steps } from "../../../runtime/pipelines/steps";
import { temporaryFolder } from "../support/temporary-folder";

const SIZE = { stores: 2, skus: 16, days: 175, seed: 4, today: "2026-11-23" };
const STAGES = [
  ...["generate", "ingest", "truth", "chain-sums", "reduce", "features", "baseline", "train"],
  ...["evaluate", "score", "simulate", "order", "serving"],
];

describe("runWeek", () => {
  const folder = temporaryFolder();

  /** Runs until `lastStage` has begun, as if the process were killed there; all of it without one. */
  async function week(name: string, lastStage?: string, more: object = {}) {
    const ran: string[] = [];
    const resumed: string[] = [];
    const steps = new Steps({
      onStart: (stage) => {
        if (stage === lastStage) throw new Error("killed");
      },
      onProgress: () => undefined,
      onDone: ({ name: stage, detail }) =>
        (detail.endsWith("(done by an earlier run)") ? resumed : ran).push(stage),
    });
    const options = { ...SIZE, rejected: workNames.rejected(folder.path(name)), ...more };
    const run = replaceFolder(folder.path(name), (part) => runWeek(options, part, steps), { resumes: true });
    const error = await run.then(
      () => undefined,
      (failure: Error) => failure.message,
    );
    return { ran, resumed, error };
  }

  const hashOf = (name: string) => {
    const out = folder.path(name);
    const files = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((file) =>
      /^(forecasts|orders|features)\/.*\.(parquet|csv)$/.test(file),
    );
    assert.ok(files.length >= 4, files.join());
    return files.sort().map(
      (file) =>
        `${file} ${createHash("sha256")
          .update(readFileSync(join(out, file)))
          .digest("hex")}`,
    );
  };

  it("is a list of stages, and a run that was killed goes on where it stood, with the same bytes", async () => {
    const whole = await week("whole");
    assert.deepEqual([whole.ran, whole.resumed, whole.error], [STAGES, [], undefined]);

    const killed = await week("resumed", "evaluate");
    assert.equal(killed.error, "killed");
    const again = await week("resumed");

    assert.deepEqual(again.resumed, STAGES.slice(0, STAGES.indexOf("evaluate")));
    assert.deepEqual(again.ran, STAGES.slice(STAGES.indexOf("evaluate")));
    assert.deepEqual(hashOf("resumed"), hashOf("whole"));
  });

  it("leaves a night that the API answers from: by the models, what the batch has forecast", async () => {
    const api = await openLocalApi({
      week: folder.path("whole"),
      confirmed: folder.path("confirmed"),
      log: () => undefined,
      onError: (error) => assert.fail(String(error)),
    });
    const { value: open } = await api.forecast.night.open();
    const [[store, { id }] = ["", { id: 0 }]] = Object.entries(open.night.stores);
    const { skus } = (await open.store(id))!;
    const ask = (method: string, path: string, body = "") =>
      api.dispatch({ method, path, body, headers: { "content-type": "application/json" }, requestId: "r" });

    const answer = await ask(
      "POST",
      `/stores/${store}/forecasts`,
      JSON.stringify({ skus: Object.keys(skus) }),
    );
    const order = await ask("GET", `/stores/${store}/order`);
    api.close();

    const { forecasts, complete, degraded, notices } = forecastAnswer.parse(JSON.parse(answer.body));
    assert.deepEqual([answer.status, complete, degraded, notices], [200, true, false, []]);
    for (const { sku, days } of forecasts) {
      const batch = skus[sku]!.champion;
      days.forEach(({ units }, i) =>
        assert.ok(Math.abs(units - batch[i]!) <= 0.001 * batch[i]!, `${sku} ${i}`),
      );
    }
    assert.ok(orderAnswer.parse(JSON.parse(order.body)).day === api.today);
  });

  it("does again what was made with other options, and what depends on it", async () => {
    await week("changed", "features");

    const again = await week("changed", "baseline", { seed: 5 });

    assert.deepEqual([again.resumed, again.ran], [[], STAGES.slice(0, STAGES.indexOf("baseline"))]);
  });

  it("does again what has gone since", async () => {
    await week("gone", "baseline");
    const part = `${folder.path("gone")}.smartretail-part`;
    rmSync(join(part, "chain-sums"), { recursive: true });
    mkdirSync(join(part, "chain-sums"));

    const again = await week("gone", "baseline");

    assert.deepEqual(again.ran, ["reduce"]);
  });

  it("generates tills with faults and a world that changes when asked", async () => {
    const clocks = async (name: string, unsteady: boolean) => {
      await week(name, "ingest", { unsteady });
      const raw = join(workNames.part(folder.path(name)), "raw");
      const pos = readdirSync(raw).filter((file) => file.endsWith(".csv") && file.startsWith("pos"));
      return pos.some((file) => readFileSync(join(raw, file), "utf8").includes(",2000-01-01,"));
    };

    assert.deepEqual([await clocks("steady", false), await clocks("unsteady", true)], [false, true]);
  });

  it("takes nothing into its result that a run with other options has begun", async () => {
    await week("switched", "chain-sums");
    const part = workNames.part(folder.path("switched"));
    assert.ok(existsSync(join(part, "raw")) && existsSync(join(part, "truth")));
    const data = folder.path("own-data");
    cpSync(join(part, "raw"), data, { recursive: true });

    await week("switched", "chain-sums", { data });

    assert.deepEqual(
      readdirSync(part).filter((name) => !name.startsWith(".")),
      ["lake"],
    );
    const lake = JSON.parse(readFileSync(join(part, "lake", "lake.json"), "utf8")) as { warnings: string[] };
    assert.doesNotMatch(lake.warnings.join(), /hidden file|\.stage\.json/);
  });
});
