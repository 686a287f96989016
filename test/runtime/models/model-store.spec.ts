import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { unpackModelArchive } from "../../../contracts/model-archive";
import { sqlBaselineModel } from "../../../forecasting/models/sql-baseline-model";
import { loadModel } from "../../../runtime/models/load-model";
import { ModelStore } from "../../../runtime/models/model-store";
import { temporaryFolder } from "../support/temporary-folder";

const ABOUT = {
  role: "champion",
  trainedTo: "2026-10-25",
  trainingRows: 10,
  trees: 0,
  warnings: [],
} as const;

describe("ModelStore", () => {
  const folder = temporaryFolder();
  let count = 0;
  let path = "";
  let store: ModelStore;
  beforeEach(() => {
    path = folder.path(`store-${++count}`);
    store = new ModelStore(path);
  });

  it("keeps a version under the day and the content that made it, as the archive that an endpoint takes", async () => {
    const first = await store.save(sqlBaselineModel("drinks", 1.1), ABOUT);
    const same = await store.save(sqlBaselineModel("drinks", 1.1), { ...ABOUT, role: "challenger" });
    const other = await store.save(sqlBaselineModel("drinks", 0.9), ABOUT);

    assert.match(first.version, /^20261025-[0-9a-f]{8}$/);
    assert.equal(same.version, first.version);
    assert.deepEqual(await store.versions("drinks"), [first.version, other.version].sort());
    const names = [first, other].flatMap(({ version }) => [`${version}.card.json`, `${version}.tar.gz`]);
    assert.deepEqual(readdirSync(join(path, "drinks")).sort(), names.sort());
    const archive = readFileSync(join(path, "drinks", `${first.version}.tar.gz`));
    assert.equal(unpackModelArchive(archive).toString(), sqlBaselineModel("drinks", 1.1).save());
  });

  it("never touches a version that is there", async () => {
    const { version } = await store.save(sqlBaselineModel("drinks", 1.1), ABOUT);
    const file = join(path, "drinks", `${version}.tar.gz`);
    const before = statSync(file, { bigint: true });

    await store.save(sqlBaselineModel("drinks", 1.1), { ...ABOUT, trainingRows: 11 });
    await store.point("champion", "drinks", version);

    const after = statSync(file, { bigint: true });
    assert.deepEqual([after.ino, after.mtimeNs], [before.ino, before.mtimeNs]);
    assert.equal((await store.card("drinks", version)).trainingRows, 10);
  });

  it("brings the model of a version back, a 32-bit factor as an endpoint would answer it", async () => {
    const { version } = await store.save(sqlBaselineModel("food", 1.1), ABOUT);

    const model = await store.load("food", version);

    const rows = { baseline: Float32Array.of(2, 3), naive: new Float32Array(2) };
    const features = { names: [], rows: 2, columns: [] };
    assert.deepEqual(
      model.score({ ...rows, features }),
      Float32Array.of(2 * Math.fround(1.1), 3 * Math.fround(1.1)),
    );
    assert.equal(model.kind, "sql-baseline");
  });

  it("moves a pointer without touching a version, and only to one that exists", async () => {
    const { version } = await store.save(sqlBaselineModel("daily"), ABOUT);

    assert.equal(await store.current("champion", "daily"), undefined);
    await store.point("champion", "daily", version);

    assert.equal(await store.current("champion", "daily"), version);
    await assert.rejects(store.point("champion", "daily", "nope"), /daily has no model version "nope"/);
    await assert.rejects(store.point("champion", "drinks", version), /none is stored/);
    await assert.rejects(store.load("drinks", version), /there is no such file/);
  });

  it("rejects a kind that an endpoint cannot serve, and a forest with splits as a baseline", () => {
    assert.throws(
      () => loadModel("seasonal-naive" as "sql-baseline", "food", "{}"),
      /model kind "seasonal-naive" cannot be served: sql-baseline, boosted-trees can/,
    );
    const file = sqlBaselineModel("food", 1.2)
      .save()
      .replace(`"split_conditions":[0E0]`, `"split_conditions":[1E0]`);
    assert.throws(() => loadModel("sql-baseline", "food", file), /model of food: .* without a split/);
  });
});
