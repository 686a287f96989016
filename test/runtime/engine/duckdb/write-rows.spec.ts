import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRows } from "../../../../runtime/engine/duckdb/write-rows";
import { Database } from "../../../../runtime/engine/duckdb/database";

describe("writeRows", () => {
  let folder: string;
  let database: Database;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "rows-"));
    database = await Database.open({ memoryMegabytes: 100 });
  });
  afterEach(async () => {
    database.close();
    await rm(folder, { recursive: true, force: true });
  });
  const columns = (count: number) => [
    { name: "id", type: "INTEGER" as const, values: Int32Array.from({ length: count }, (_, i) => i) },
    { name: "half", type: "FLOAT" as const, values: Float32Array.from({ length: count }, (_, i) => i / 2) },
  ];

  it("writes every row once, beyond one vector's length", async () => {
    await writeRows(database, columns(5000), "SELECT * FROM rows", join(folder, "all.parquet"), "parquet");

    const [row] = await database.rows(
      `SELECT count(*) AS rows, sum(id) AS ids, max(half) AS half FROM read_parquet('${folder}/all.parquet')`,
    );
    assert.deepEqual(row, { rows: 5000, ids: (4999 * 5000) / 2, half: 2499.5 });
  });

  it("writes a header and nothing else when there are no rows", async () => {
    await writeRows(database, columns(0), "SELECT * FROM rows", join(folder, "none.csv"), "csv");

    assert.equal((await readFile(join(folder, "none.csv"), "utf8")).trim(), "id,half");
  });

  it("writes no text that starts a formula in a spreadsheet, in the order of the query", async () => {
    const select = `SELECT id, -half AS half, ['=1+1', '@x', 'お茶', '-2'][id + 1] AS "name" FROM rows ORDER BY id DESC`;

    await writeRows(database, columns(4), select, join(folder, "safe.csv"), "csv");

    assert.deepEqual((await readFile(join(folder, "safe.csv"), "utf8")).trim().split("\n"), [
      "id,half,name",
      "3,-1.5,'-2",
      "2,-1.0,お茶",
      "1,-0.5,'@x",
      "0,-0.0,'=1+1",
    ]);
  });

  it("leaves no file behind when the query fails", async () => {
    const failing = "SELECT error('stopped') FROM rows";

    await assert.rejects(writeRows(database, columns(3), failing, join(folder, "bad.csv"), "csv"), /stopped/);

    assert.deepEqual(await readdir(folder), []);
  });
});
