import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { Database, quote } from "../../../../runtime/engine/duckdb/database";
import { globSafe } from "../../../../runtime/engine/duckdb/glob-safe";
import { temporaryFolder } from "../../support/temporary-folder";

describe("globSafe", () => {
  const folder = temporaryFolder();

  it("lets patterns below any folder, and files in it, find just what is there", async () => {
    const names = [
      "a[1]b",
      "st*ar",
      "wh?at",
      "[x",
      "br]ack",
      "x[!a]",
      "**",
      "[[]",
      "{a,b}",
      "it's",
      'a "b" c',
      "店舗",
    ];
    const decoys = ["a1b", "stXar", "whXat"];
    const database = await Database.open();
    for (const [i, name] of [...decoys, ...names].entries()) {
      mkdirSync(folder.path(`${name}/block=001`), { recursive: true });
      const file = quote(folder.path(`${name}/block=001/rows.parquet`));
      await database.run(`COPY (SELECT ${i} AS number) TO ${file} (FORMAT parquet)`);
    }

    for (const [i, name] of names.entries()) {
      for (const rest of ["block=*/*.parquet", "block=001/rows.parquet"]) {
        const path = quote(`${globSafe(folder.path(name))}/${rest}`);
        const rows = await database.rows(`SELECT number FROM read_parquet(${path})`);
        assert.deepEqual(rows, [{ number: i + decoys.length }], name);
      }
    }
    database.close();
  });
});
