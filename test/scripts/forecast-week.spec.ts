import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accuracyOf } from "../../forecasting/evaluation/accuracy-report";
import { isoDate } from "../../forecasting/calendar/day";
import { Database } from "../../runtime/engine/duckdb/database";
import { weekLines } from "../../scripts/forecast-summary";
import { main, runForecastWeek } from "../../scripts/forecast-week";
import { errorText } from "../../scripts/terminal/run-command";

/** 2026-07-01. */
const FIRST_DAY = 20_635;

/** One shop's receipts with a weekly rhythm: nothing but date, item and quantity. */
function shopCsv(days: number, units: (sku: number, day: number) => number): string {
  const lines = ["date,store,sku,quantity,price"];
  for (let day = 0; day < days; day++) {
    for (let sku = 1; sku <= 12; sku++) {
      const sold = units(sku, day);
      if (sold > 0)
        lines.push(`${isoDate(FIRST_DAY + day)},S1,49000000000${10 + sku},${sold},${100 + sku * 10}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Poisson-like counts without a random generator: the fraction of a big product decides up or down. */
function rhythm(sku: number, day: number): number {
  const mean = (1 + (sku % 4)) * (day % 7 >= 5 ? 2 : 1);
  const noise = Math.abs(Math.sin(day * 12.9898 + sku * 78.233) * 43_758.5453) % 1;
  return Math.max(0, Math.round(mean * (0.3 + 1.4 * noise)));
}

/** Tables of a page in which a row has not as many cells as the first one; the first row of each. */
function crookedTables(page: string): string[] {
  const cellsIn = (row: string, tag: string) => row.match(new RegExp(`<${tag}[ >]`, "g"))?.length ?? 0;
  return [...page.matchAll(/<table[^>]*>(.*?)<\/table>/gs)].flatMap(([, table = ""]) => {
    const [head = "", ...rows] = table.split("<tr").slice(1);
    const titles = cellsIn(head, "th") || cellsIn(head, "td");
    return rows.some((row) => cellsIn(row, "td") !== titles) ? [head] : [];
  });
}

describe("runForecastWeek", () => {
  let folder: string;
  const errors: string[] = [];
  const { write } = process.stdout;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "week-"));
    errors.length = 0;
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const runOn = async (files: Record<string, string>, ...more: string[]) => {
    await mkdir(join(folder, "data"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, "data", name), text);
    return run(["--data", join(folder, "data"), "--out", join(folder, "out"), "--json", ...more]);
  };
  /** The exit code, with the error's text beside it. */
  const run = async (argv: string[]) => {
    process.stdout.write = () => true;
    try {
      return await main(argv);
    } catch (error) {
      errors.push(errorText(error));
      return 1;
    } finally {
      process.stdout.write = write;
    }
  };

  it("goes from generated data to report, forecasts and orders", async () => {
    const out = join(folder, "out");

    const summary = await runForecastWeek({ stores: 2, skus: 24, days: 180, seed: 4, out, quiet: true });

    const { report: data } = summary;
    const levels = data.backtest!.levels;
    const wape = (name: string) => accuracyOf(levels, "store x SKU x day", name).wape.value!;
    assert.ok(wape("champion") < wape("seasonal naive"), "the champion must beat last week");
    assert.ok(wape("oracle") < wape("champion"), "nobody beats the true mean");
    assert.equal(data.forecastRows % 7, 0);
    assert.ok(data.reconciliation!.balanced);
    const page = await readFile(summary.reportFile, "utf8");
    assert.match(page, /^<!doctype html>/);
    assert.deepEqual(crookedTables(page), []);
    assert.match(
      (await readFile(summary.ordersFile, "utf8")).split("\n")[0]!,
      /^store_code,sku_code,name,packs,units/,
    );
    assert.ok(weekLines(summary, "report.html").some((line) => line.includes("store x SKU x week")));

    const database = await Database.open();
    const [row] = await database.rows<{ rows: number; bad: number }>(
      `SELECT count(*) AS rows, count(*) FILTER (mean_units < 0 OR q10 > q50 OR q50 > q90) AS bad
       FROM read_parquet('${summary.forecastsFile}')`,
    );
    database.close();
    assert.deepEqual([row!.rows, row!.bad], [data.forecastRows, 0]);
    assert.deepEqual(await readdir(folder), ["out"]);
    assert.match(await readFile(join(out, "quarantine.csv"), "utf8"), /^\ufefffile,line,reason,row\n/);
    assert.ok(
      !data.warnings.some((warning) => /hidden file|stage\.json/.test(warning)),
      data.warnings.join(),
    );
  });

  it("beats last week on one shop's receipts of a few months and says what it could not learn", async () => {
    await mkdir(join(folder, "data"));
    await writeFile(join(folder, "data", "pos.csv"), shopCsv(100, rhythm));

    const { report: data } = await runForecastWeek({
      data: join(folder, "data"),
      out: join(folder, "out"),
      quiet: true,
    });

    const wape = (name: string) => accuracyOf(data.backtest!.levels, "store x SKU x day", name).wape.value!;
    assert.ok(wape("champion") < 0.95 * wape("seasonal naive"), `${wape("champion")}`);
    assert.equal(data.source, "ingested");
    assert.ok(data.warnings.some((warning) => /no product master/.test(warning)));
    assert.ok(data.warnings.some((warning) => /no season could be learned/.test(warning)));
  });

  it("orders against the stock of a stock file", async () => {
    const stock = "店舗コード,JANコード,在庫数\nS1,4900000000011,500\n";

    const code = await runOn({ "pos.csv": shopCsv(60, rhythm), "stock.csv": stock });

    assert.equal(code, 0, errors.join());
    const orders = await readFile(join(folder, "out", "orders.csv"), "utf8");
    assert.ok(!orders.includes("4900000000011") && orders.includes("4900000000012"));
    assert.match(orders, /^S1,4900000000012,4900000000012,/m, "the name is the item's, not the store's");
  });

  it("orders what no file tells about by its category: lunch boxes for a day, batteries until they come", async () => {
    const category = (line: string) => {
      const sku = Number(line.split(",")[2]);
      return Number.isNaN(sku) ? "部門" : sku % 2 === 1 ? "弁当" : "日用品";
    };
    const lines = shopCsv(60, rhythm).trim().split("\n");
    const skus = new Set(lines.slice(1).map((line) => line.split(",")[2]!));
    // Empty shelves: what keeps is ordered every few days only.
    const stock = ["店舗コード,JANコード,在庫数", ...[...skus].map((sku) => `S1,${sku},0`), ""].join("\n");
    const sales = lines.map((line) => `${line},${category(line)}`).join("\n");

    const code = await runOn({ "pos.csv": sales, "stock.csv": stock });

    assert.equal(code, 0, errors.join());
    const orders = await readFile(join(folder, "out", "orders.csv"), "utf8");
    const [header = "", ...rows] = orders.trim().split("\n");
    const at = header.split(",").indexOf("protection_days");
    const days = rows.map((row) => [category(row.replace(/^(\w+),(\w+)/, "x,$1,$2")), row.split(",")[at]]);
    assert.deepEqual(new Set(days.map(String)), new Set(["弁当,1", "日用品,3"]));
  });

  it("adds a new day and a late one to an earlier result, as if all files had been there at once", async () => {
    const [header = "", ...lines] = shopCsv(21, rhythm).trim().split("\n");
    const isLate = (line: string) => line.startsWith(isoDate(FIRST_DAY + 3));
    const isNew = (line: string) => line.startsWith(isoDate(FIRST_DAY + 20));
    const write = async (name: string, ...files: string[][]) => {
      await mkdir(join(folder, name));
      for (const [i, rows] of files.entries())
        await writeFile(join(folder, name, `pos_${name}_${i}.csv`), [header, ...rows, ""].join("\n"));
    };
    const begun = lines.filter((line) => !isLate(line) && !isNew(line));
    await write("begun", begun);
    await write("more", lines.filter(isNew), lines.filter(isLate));
    await write("all", begun, lines.filter(isNew), lines.filter(isLate));
    const result = async (out: string) => {
      const orders = await readFile(join(folder, out, "orders.csv"), "utf8");
      const { cutoff } = JSON.parse(await readFile(join(folder, out, "lake/lake.json"), "utf8")) as {
        cutoff: string;
      };
      return { orders, cutoff };
    };
    const week = (data: string, out: string, ...more: string[]) =>
      run(["--data", join(folder, data), "--out", join(folder, out), "--json", ...more]);

    assert.equal(await week("begun", "grown"), 0, errors.join());
    const before = await result("grown");
    assert.equal(await week("more", "grown", "--add"), 0, errors.join());
    assert.equal(await week("all", "whole"), 0, errors.join());

    assert.deepEqual(await result("grown"), await result("whole"));
    assert.equal(before.cutoff < (await result("grown")).cutoff, true);
    assert.equal(await week("more", "new", "--add"), 1);
    assert.match(errors.at(-1)!, /--add: .*new holds no result of your own files that could be added to/);
  });

  it("runs on one SKU and on a few days, with a reported degradation", async () => {
    const code = await runOn({ "pos.csv": shopCsv(6, (sku) => (sku === 1 ? 3 : 0)) });

    assert.equal(code, 0, errors.join());
    const summary = JSON.parse(await readFile(join(folder, "out", "summary.json"), "utf8")) as {
      backtest?: object;
      warnings: string[];
    };
    assert.equal(summary.backtest, undefined);
    assert.ok(summary.warnings.some((warning) => /too few for a backtest/.test(warning)));
  });

  it("runs where no training day has a label: a shop that opened on the first and the last day only", async () => {
    const data = join(folder, "two-days");
    await mkdir(data);
    const csv = shopCsv(140, (_, day) => (day === 0 || day === 139 ? 2 : 0));
    await writeFile(join(data, "pos.csv"), csv);

    const { report } = await runForecastWeek({ data, out: join(folder, "two-days-out"), quiet: true });

    const champions = report.models.filter(({ role }) => role === "champion");
    assert.ok(champions.length > 0);
    for (const { warnings } of champions) assert.match(warnings[0] ?? "", /^0 rows: too few for trees/);
  });

  it("leaves nothing behind and gives one line when there is no history", async () => {
    const code = await runOn({ "pos.csv": "date,store,sku,quantity,price\n" });

    assert.equal(code, 1);
    assert.equal(errors.length, 1);
    assert.doesNotMatch(errors[0]!, /\n/);
    assert.ok(!(await readdir(folder)).some((name) => name === "out" || name.includes("part")));
  });

  it("keeps the results of the last run when the next one fails", async () => {
    await runOn({ "pos.csv": shopCsv(20, rhythm) });
    const before = await readFile(join(folder, "out", "summary.json"), "utf8");

    const code = await run(["--data", join(folder, "nowhere"), "--out", join(folder, "out"), "--json"]);

    assert.equal(code, 1);
    assert.match(errors.join(), /nowhere/);
    assert.equal(await readFile(join(folder, "out", "summary.json"), "utf8"), before);
  });

  it("rejects an option that is not a whole number, naming it", async () => {
    assert.equal(await run(["--stores", "many"]), 1);
    assert.deepEqual(errors, ['--stores is "many": a whole number is allowed']);
  });
});
