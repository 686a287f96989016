import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { folderColumns } from "../../../runtime/ingest/folder-columns";
import { ingest } from "../../../runtime/ingest/ingest";
import { encodeShiftJis } from "../../../runtime/ingest/shift-jis";
import { type Files, ingestRuns, reconcile, TODAY } from "../support/ingest-runs";

describe("folders that are named by a column", () => {
  const { folder, rows, daily } = ingestRuns();
  let runs = 0;

  async function runIn(files: Files) {
    const input = folder.path(`partitioned-${++runs}`);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(`${input}/${name}`), { recursive: true });
      await writeFile(`${input}/${name}`, content);
    }
    const lake = folder.path(`partitioned-lake-${runs}`);
    return { ...(await ingest({ input, lake, today: TODAY })), lake };
  }

  it("say the store and the day, and the same lines of another day are no copy", async () => {
    const lines = "item,qty\nTea,2\n";
    const report = await runIn({
      "sales/store=0012/date=2026-11-20/part-0.csv": lines,
      "sales/store=0012/date=2026-11-21/part-0.csv": lines,
      "sales/store=0007/date=2026-11-21/part-0.csv": "item,qty\nTea,5\n",
    });

    assert.deepEqual(await daily(report.lake), [
      "0007 Tea 2026-11-21 5",
      "0012 Tea 2026-11-20 2",
      "0012 Tea 2026-11-21 2",
    ]);
    assert.match(
      report.warnings.join("\n"),
      /"store", "date": read from the names of the folders where the file has no such column/,
    );
    reconcile(report);
  });

  it("may be percent-encoded, in letters that the file encodes otherwise, and leave short lines short", async () => {
    const report = await runIn({
      "店舗=%E5%8D%97%20%E5%BA%97/a.csv": encodeShiftJis(
        "日付,商品,数量\n2026/11/20,茶,1\n2026/11/21,茶\n2026/11/21,米,3\n",
      ),
      "店舗=北/b.csv": encodeShiftJis(`日付,商品,数量\n${"2026/11/21,茶,2\n".repeat(30)}`),
    });

    assert.deepEqual(await daily(report.lake), [
      "北 茶 2026-11-21 60",
      "南 店 米 2026-11-21 3",
      "南 店 茶 2026-11-20 1",
      "南 店 茶 2026-11-21 0",
    ]);
    assert.equal(report.rejectedCount, 1);
    reconcile(report);
  });

  it("say nothing that a Parquet file says itself", async () => {
    const path = folder.path("own.parquet");
    await rows(
      `COPY (SELECT DATE '2026-11-20' AS date, 'A' AS item, 2 AS qty, 'S9' AS store) TO '${path}' (FORMAT parquet)`,
    );
    const report = await runIn({ "store=S1/own.parquet": await readFile(path) });

    assert.deepEqual(await daily(report.lake), ["S9 A 2026-11-20 2"]);
  });
});

describe("folderColumns", () => {
  it("reads names and values from the outermost folder on, and no other folders", () => {
    assert.deepEqual(folderColumns("lake/year=2026/month=11/x=__HIVE_DEFAULT_PARTITION__/a=b.csv"), [
      { name: "year", value: "2026" },
      { name: "month", value: "11" },
      { name: "x", value: "" },
    ]);
    assert.deepEqual(folderColumns("sales/%ZZ=%/a.csv"), [{ name: "%ZZ", value: "%" }]);
  });
});
