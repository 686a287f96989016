import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { isoDate } from "../../../forecasting/calendar/day";
import { lakePaths } from "../../../contracts/lake-layout";
import { quote } from "../../../runtime/engine/duckdb/database";
import { ingest } from "../../../runtime/ingest/ingest";
import { csv, HEADER, ingestRuns, reconcile } from "../support/ingest-runs";

const FIRST = 20_740;

/** One file a day; every third day repeats two lines of the day before, and a store opens late. */
function dayFiles(count: number): [name: string, text: string][] {
  return Array.from({ length: count }, (_, i) => {
    const line = (n: number, store: string, sku: string, day: number) =>
      `${day}${n},${n},${store},${sku},${isoDate(day)},${1 + ((day * n) % 4)},${100 * n}`;
    const day = FIRST + i;
    const lines = ["S1", "S2", ...(i > 5 ? ["S0"] : [])].flatMap((store, s) =>
      [1, 2, 3].filter((n) => (i + n + s) % 4 > 0).map((n) => line(n, store, `K${(n + s) % 5}`, day)),
    );
    const repeats = i % 3 === 2 ? [line(1, "S1", "K1", day - 1), line(2, "S2", "K3", day - 1)] : [];
    return [`pos_${isoDate(day)}.csv`, csv(...lines, ...repeats)];
  });
}

describe("adding files to a lake", () => {
  const { folder, rows } = ingestRuns();
  const options = { today: "2026-12-31" };

  const write = async (name: string, files: readonly (readonly [string, string])[]) => {
    const input = folder.path(name);
    await mkdir(input, { recursive: true });
    for (const [file, text] of files) await writeFile(`${input}/${file}`, text);
    return input;
  };
  const contents = async (lake: string) => ({
    daily: await rows(`FROM ${quote(lakePaths.daily(lake))}`),
    stores: await rows(`FROM ${quote(lakePaths.master(lake, "stores"))} ORDER BY ALL`),
    products: await rows(`FROM ${quote(lakePaths.master(lake, "products"))} ORDER BY ALL`),
    storeDays: await rows(`FROM ${quote(`${lake}/store_days.parquet`)}`),
    pairs: await rows(`FROM ${quote(`${lake}/pairs.parquet`)}`),
  });

  it("gives, day by day, the lake that all files at once give, row for row", async () => {
    const files = dayFiles(12);
    // A file of the third day comes last: it repairs its own day.
    const order = [...files.filter((_, i) => i !== 2), ...files.filter((_, i) => i === 2)];
    const whole = await ingest({ ...options, input: await write("all", files), lake: folder.path("whole") });
    const lake = folder.path("grown");
    let report = await ingest({
      ...options,
      input: await write("day-0", order.slice(0, 4)),
      lake,
      keepsLines: true,
    });
    for (const [i, file] of order.slice(4).entries()) {
      report = await ingest({ ...options, mode: "add", input: await write(`day-${i + 1}`, [file]), lake });
    }

    assert.deepEqual(await contents(lake), await contents(folder.path("whole")));
    assert.deepEqual(report.figures, whole.figures);
    assert.ok(whole.mergedCount > 0);
    reconcile(report);
  });

  it("reads no file twice, whatever its name, and keeps the masters that came before", async () => {
    const lake = folder.path("known");
    const products = `sku,name,category,price\n${["K0", "K1", "K2", "K3", "K4"].map((k) => `${k},${k},food,90`).join("\n")}\n`;
    const [one, two] = dayFiles(2) as [[string, string], [string, string]];
    await ingest({
      ...options,
      input: await write("first", [one, ["products.csv", products]]),
      lake,
      keepsLines: true,
    });
    const report = await ingest({
      ...options,
      mode: "add",
      input: await write("second", [["pos_again.csv", one[1]], two]),
      lake,
    });

    assert.match(
      report.warnings.join("\n"),
      /pos_again.csv: not read: the lake has it already \(pos_2026-10-14.csv\)/,
    );
    const [product] = await rows<{ category: string; price_yen: number }>(
      `FROM ${quote(lakePaths.master(lake, "products"))} LIMIT 1`,
    );
    assert.deepEqual([product?.category, product?.price_yen], ["food", 90]);
    reconcile(report);
  });

  it("reads what is added as the other files were read, and keeps what was rejected of them", async () => {
    const lake = folder.path("configured");
    const sales = (day: number) => `Tag;Artikel;Menge\n${day}.10.2026;Brot;2\n${day}.10.2026;"Bro\nt";viel\n`;
    const config = `dateOrder: dmy\nmaxRejectedShare: 0.5\ntables:\n  transactions:\n    files: ^verkauf\n    columns: { date: Tag, sku: Artikel, quantity: Menge }\n`;
    await ingest({
      ...options,
      input: await write("german", [
        ["verkauf1.csv", sales(5)],
        ["smartretail.data.yaml", config],
      ]),
      lake,
      keepsLines: true,
    });
    const report = await ingest({
      ...options,
      mode: "add",
      input: await write("german-2", [["verkauf2.csv", sales(6)]]),
      lake,
    });

    assert.deepEqual([report.figures.kept.units, report.rejectedCount], [4, 2]);
    const rejected = readFileSync(report.quarantine, "utf8");
    assert.deepEqual(rejected.match(/^verkauf\d.csv,/gm), ["verkauf1.csv,", "verkauf2.csv,"]);
  });

  it("warns of another file with a name that the lake knows", async () => {
    const lake = folder.path("renamed");
    const [[name, text]] = dayFiles(1) as [[string, string]];
    await ingest({ ...options, input: await write("name-1", [[name, text]]), lake, keepsLines: true });
    const input = await write("name-2", [[name, text.replace(/,\d+\n$/, ",999\n")]]);
    const report = await ingest({ ...options, mode: "add", input, lake });

    assert.match(report.warnings.join("\n"), /the lake has another file of this name, and keeps its lines/);
  });

  it("leaves the old lake as it was when the new files will not do", async () => {
    const lake = folder.path("kept");
    await ingest({ ...options, input: await write("good", dayFiles(3)), lake, keepsLines: true });
    const before = readFileSync(lakePaths.summary(lake), "utf8");
    const input = await write("bad", [
      ["pos.csv", `${HEADER}\n1,1,S1,K1,2026-10-20,much,100\n1,2,S1,K1,2026-10-20,2,100\n`],
    ]);

    await assert.rejects(ingest({ ...options, mode: "add", input, lake }), /1 of \d+ rows were rejected/);
    assert.equal(readFileSync(lakePaths.summary(lake), "utf8"), before);
  });

  it("says when a lake cannot be added to", async () => {
    const lake = folder.path("plain");
    const input = await write("plain-files", dayFiles(3));
    await ingest({ ...options, input, lake });

    await assert.rejects(
      ingest({ ...options, mode: "add", input, lake }),
      /cannot be added to: it was not made with keepsLines/,
    );
  });
});
