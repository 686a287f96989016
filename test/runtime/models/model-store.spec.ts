import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seasonalNaive } from "../../../forecasting/models/seasonal-naive";
import { sqlBaselineModel } from "../../../forecasting/models/sql-baseline-model";
import { loadModel, ModelStore } from "../../../runtime/models/model-store";

const ABOUT = { role: "champion", trainedTo: "2026-10-25", trainingRows: 10, trees: 0, remarks: [] } as const;

describe("ModelStore", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "models-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("keeps a version under the day and the content that made it", async () => {
    const store = new ModelStore(folder);

    const first = await store.save(sqlBaselineModel("drinks", 1.1), ABOUT);
    const same = await store.save(sqlBaselineModel("drinks", 1.1), ABOUT);
    const other = await store.save(sqlBaselineModel("drinks", 0.9), ABOUT);

    assert.match(first.version, /^20261025-[0-9a-f]{8}$/);
    assert.equal(same.version, first.version);
    assert.deepEqual(await store.versions("drinks"), [first.version, other.version].sort());
    assert.ok((await readdir(join(folder, "drinks"))).every((name) => !name.includes("partial")));
  });

  it("brings the model of a version back", async () => {
    const store = new ModelStore(folder);
    const { version } = await store.save(sqlBaselineModel("food", 1.25), ABOUT);

    const model = await store.load("food", version);

    assert.deepEqual([model.kind, model.save()], ["sql-baseline", sqlBaselineModel("food", 1.25).save()]);
  });

  it("moves a pointer without touching a version, and only to one that exists", async () => {
    const store = new ModelStore(folder);
    const { version } = await store.save(seasonalNaive("daily"), ABOUT);

    assert.equal(await store.current("champion", "daily"), undefined);
    await store.point("champion", "daily", version);

    assert.equal(await store.current("champion", "daily"), version);
    await assert.rejects(store.point("champion", "daily", "nope"), /daily has no model version "nope"/);
    await assert.rejects(store.point("champion", "drinks", version), /none is stored/);
  });

  it("refuses a kind that it does not know", () => {
    assert.throws(
      () => loadModel("magic" as "seasonal-naive", "food", "{}"),
      /model kind "magic" is not known/,
    );
  });
});
