import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { lakePaths } from "../../../contracts/lake-layout";
import { quote } from "../../../runtime/engine/duckdb/database";
import { checkInput } from "../../../runtime/ingest/check-input";
import { CONFIG_FILE } from "../../../runtime/ingest/config-file";
import { ingest } from "../../../runtime/ingest/ingest";
import { initConfig } from "../../../runtime/ingest/suggest-config";
import { ingestRuns, TODAY } from "../support/ingest-runs";
import { skipAs } from "../../support/skip-without";

const SALES = "日付,商品名,数量\n2026/11/19,カレーパン,3\n2026/11/20,カレーパン,4\n";

describe("the first minute with somebody's files", () => {
  const { folder, rows, run, daily } = ingestRuns();

  const write = (name: string, files: Readonly<Record<string, string>>) => {
    const path = folder.path(name);
    mkdirSync(path, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(`${path}/${file}`, text);
    return path;
  };

  it("needs a date, an item and a quantity, and no name that it knows", async () => {
    const report = await run({ "bakery.csv": SALES });

    assert.deepEqual(await daily(report.lake), ["1 カレーパン 2026-11-19 3", "1 カレーパン 2026-11-20 4"]);
    const warnings = report.warnings.join("\n");
    assert.match(warnings, /bakery.csv: read as sales because of its columns/);
    assert.match(warnings, /no store column: all sales are those of store "1"/);
    assert.match(warnings, /no price column: units are used/);
  });

  it("names all that is missing at once, with the columns seen, before anything is read", async () => {
    const path = write("lacking", { "sales.csv": "shop,article,when,colour\nS1,A,2026-11-20,red\n" });

    await assert.rejects(
      checkInput(path),
      /no column for "date" .* and "quantity" .*; the header has shop, article, when, colour/,
    );
  });

  it("names what a folder's only file lacks, and takes the one item and the columns that a config names", async () => {
    const lunches = "datetime,trays,kcal\n2026-11-19,41,380\n2026-11-20,38,400\n";
    const path = write("canteen", { "train.csv": lunches });

    await assert.rejects(
      checkInput(path),
      /train.csv: not read: no column for "sku" .*set "item".* and "quantity" .*has datetime, trays, kcal/,
    );

    const config = "item: 弁当\ntables: { transactions: { columns: { quantity: trays } } }\n";
    const report = await run({ "train.csv": lunches, [CONFIG_FILE]: config });

    assert.deepEqual(await daily(report.lake), ["1 弁当 2026-11-19 41", "1 弁当 2026-11-20 38"]);
    assert.match(report.warnings.join("\n"), /no item column: all sales are those of item "弁当"/);
  });

  it("reads prices with decimal commas beside quantities with points, and keeps a comma of thousands a question", async () => {
    const sales = (...prices: string[]) =>
      ["Datum;Artikel;Menge;Preis", ...prices.map((price, i) => `${19 + i}.11.2026;Brot;2.0;${price}`)].join(
        "\n",
      );
    const report = await run({ "kasse.csv": sales("1,20 €", "0,90 €") });

    assert.deepEqual(report.figures.kept, { rows: 2, units: 4, sales: 4.2 });
    await assert.rejects(run({ "kasse.csv": sales("1,080", "1,20") }), /price is not a number/);
    const weighed = sales("62,54", "46,70", "7,00").replaceAll("2.0", "3,120");
    assert.equal((await run({ "kasse.csv": weighed })).figures.kept.units, 9.36);
  });

  it("names spreadsheets and archives as not read, with what to do", async () => {
    const path = write("office", { "売上.xlsx": "PK", "pos.zip": "PK" });

    await assert.rejects(
      checkInput(path),
      /pos.zip: not read: an archive .*売上.xlsx: not read: a spreadsheet is not read: export it as CSV/,
    );
  });

  it("follows links to files, and names everything else that it does not read, capped", async () => {
    const real = write("real", { "sales.csv": SALES });
    const path = write(
      "links",
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`note${i}.md`, "x"])),
    );
    symlinkSync(`${real}/sales.csv`, `${path}/sales_linked.csv`);
    symlinkSync(`${real}/nowhere`, `${path}/dead.csv`);
    symlinkSync(real, `${path}/folder`);
    const report = await ingest({ input: path, lake: folder.path("links-lake"), today: TODAY });

    assert.equal(report.figures.kept.units, 7);
    const warnings = report.warnings.join("\n");
    assert.match(warnings, /dead.csv: not read: a link that leads nowhere/);
    assert.match(warnings, /folder: not read: a link to a folder/);
    assert.match(warnings, /12 more files not read/);
  });

  it("says that the input cannot be read when it may not be read", async function () {
    if (process.getuid?.() === 0) skipAs(this, "root may read everything");
    const path = write("secret", { "sales.csv": SALES });
    chmodSync(`${path}/sales.csv`, 0o000);

    await assert.rejects(checkInput(path), /sales.csv cannot be read: permission denied/);
  });

  it("reads columns, dates and numbers as the data folder's config says", async () => {
    const path = write("mapped", {
      "verkauf.csv": "Tag;Artikel;Menge;Preis\n05/10/2026;Brot;1,5;1.080,50\n06/10/2026;Brot;2;3,20\n",
      [CONFIG_FILE]: `currency: EUR\ntimeZone: Europe/Berlin\ndecimal: comma\ndateOrder: dmy\nquantities: measured\ntables:\n  transactions:\n    files: ^verkauf\n    columns: { date: Tag, sku: Artikel, quantity: Menge, price: Preis }\n`,
    });
    const report = await ingest({ input: path, lake: folder.path("mapped-lake"), today: TODAY });

    assert.deepEqual(report.figures.kept, { rows: 2, units: 3.5, sales: 1627.15 });
    assert.equal(report.currency, "EUR");
    assert.deepEqual([report.summary.firstDay, report.summary.cutoff], ["2026-10-05", "2026-10-06"]);
  });

  it("writes a config that changes nothing until a person does, and never over one", async () => {
    const path = write("init", { "bakery.csv": SALES, "products.csv": "商品名,部門\nカレーパン,謎\n" });
    const before = await ingest({ input: path, lake: folder.path("init-1"), today: TODAY });
    await initConfig(path, TODAY);
    const after = await ingest({ input: path, lake: folder.path("init-2"), today: TODAY });

    assert.deepEqual(after.figures, before.figures);
    assert.match(readFileSync(`${path}/${CONFIG_FILE}`, "utf8"), /謎: daily # not known: other/);
    await assert.rejects(initConfig(path, TODAY), /is there already: it is not changed/);
  });

  it("does what a written config says once a person has changed a line of it", async () => {
    const path = write("edited", { "bakery.csv": SALES });
    await initConfig(path, TODAY);
    const text = readFileSync(`${path}/${CONFIG_FILE}`, "utf8");
    assert.match(text, /# quantity: 数量/);
    const edited = text
      .replace(/^store: .*$/m, "store: 本店")
      .replace(/^# firstDay: .*$/m, "firstDay: 2026-11-20")
      .replace(/^currency: .*$/m, "currency: EUR");
    writeFileSync(`${path}/${CONFIG_FILE}`, edited);
    const lake = folder.path("edited-lake");
    const report = await ingest({ input: path, lake, today: TODAY });

    assert.deepEqual(await daily(lake), ["本店 カレーパン 2026-11-20 4"]);
    assert.equal(report.currency, "EUR");
  });

  it("puts an unknown category under other, with a warning, and keeps its sales", async () => {
    const report = await run({
      "pos.csv": "sku,date,qty,price\nX,2026-11-20,9,500\nY,2026-11-20,1,90\n",
      "products.csv": "sku,category,price\nX,占いグッズ,500\nY,お茶飲料,90\n",
    });

    assert.equal(report.figures.kept.units, 10);
    assert.match(report.warnings.join("\n"), /put under other: "占いグッズ" \(1 item\)/);
    const products = await rows<{ category: string; category_name: string }>(
      `FROM ${quote(lakePaths.master(report.lake, "products"))} ORDER BY sku_code`,
    );
    assert.deepEqual(
      products.map(({ category, category_name }) => [category, category_name]),
      [
        ["daily", "占いグッズ"],
        ["drinks", "お茶飲料"],
      ],
    );
  });
});
