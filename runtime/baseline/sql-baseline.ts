import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isoDate } from "../../forecasting/calendar/day";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { BASELINE_TABLES, type BaselineSettings, type BaselineState } from "../../forecasting/baseline/state";
import { type Database } from "../engine/duckdb/database";
import { createCalendar } from "../lake/lake-views";

const SQL_FOLDER = join(__dirname, "../../forecasting/baseline");
/** Days of history that a baseline row reads before its own day. */
const BASELINE_REACH_DAYS = 125;
/** Rounds over all factors: the third one moves them by less than a tenth of a percent. */
const PASSES = 3;
const FACTORS = ["week", "temperature", "promotion", "rain", "event", "payday", "season"] as const;

const sqlFile = (name: string) => readFile(join(SQL_FOLDER, `${name}.sql`), "utf8");

/**
 * Runs the SQL baseline (forecasting/baseline/*.sql) on the views of `openLakeViews`. All days are day numbers;
 * nothing after `cutoff` is read except plans, calendar and weather forecasts.
 */
export class SqlBaseline {
  public constructor(
    private readonly database: Database,
    private readonly settings: BaselineSettings,
  ) {}

  /** Fits factors on the days up to `cutoff`. */
  public async fit(cutoff: number): Promise<BaselineState> {
    const fitFrom = cutoff - this.settings.fitDays + 1;
    await this.prepareDays(fitFrom - BASELINE_REACH_DAYS, cutoff + HORIZON_DAYS, cutoff);
    await this.database.run(`SET VARIABLE fit_from = DATE '${isoDate(fitFrom)}'`);
    await this.database.run(await sqlFile("observe"));
    const step = await sqlFile("fit-factor");
    for (let pass = 0; pass < PASSES; pass++) {
      for (const kind of FACTORS) await this.database.run(step.replaceAll("{{kind}}", kind));
    }
    await this.database.run(await sqlFile("collect-factors"));
    await this.database.run(await sqlFile("spread-factors"));
    await this.database.run(await sqlFile("fit-individual"));
    return this.read(cutoff);
  }

  /** Puts a fitted state back, as if `fit` had just run. */
  public async load(state: BaselineState): Promise<void> {
    for (const [table, columns] of Object.entries(BASELINE_TABLES)) {
      const rows = state.tables[table as keyof typeof BASELINE_TABLES] ?? [];
      const names = columns.map(({ name, type }) => `${name} ${type}`).join(", ");
      await this.database.run(`CREATE OR REPLACE TABLE ${table} (${names})`);
      for (let start = 0; start < rows.length; start += 1000) {
        const values = rows.slice(start, start + 1000).map((row) => `(${row.map(literal).join(", ")})`);
        await this.database.run(`INSERT INTO ${table} VALUES ${values.join(", ")}`);
      }
    }
  }

  /** Leaves one row per store, SKU and day of [from, to] in the table `baseline`. */
  public async predict(from: number, to: number, cutoff: number): Promise<void> {
    await this.prepareDays(from - BASELINE_REACH_DAYS, to, cutoff);
    await this.database.run(`SET VARIABLE row_from = DATE '${isoDate(from)}'`);
    await this.database.run(`SET VARIABLE row_to = DATE '${isoDate(to)}'`);
    await this.database.run(`SET VARIABLE older_weight = ${this.settings.olderWeight}::DOUBLE`);
    await this.database.run(`SET VARIABLE trend_units = ${this.settings.trendUnits}::DOUBLE`);
    await this.database.run(`SET VARIABLE prior_days = ${this.settings.priorDays}::DOUBLE`);
    await this.database.run(await sqlFile("store-days"));
    await this.database.run(await sqlFile("spread-factors"));
    await this.database.run(await sqlFile("predict"));
  }

  private async prepareDays(firstDay: number, lastDay: number, cutoff: number): Promise<void> {
    await createCalendar(this.database, firstDay, lastDay);
    await this.database.run(`SET VARIABLE cutoff = DATE '${isoDate(cutoff)}'`);
    await this.database.run(await sqlFile("store-days"));
  }

  private async read(cutoff: number): Promise<BaselineState> {
    const tables: Partial<Record<keyof typeof BASELINE_TABLES, BaselineState["tables"]["factors"]>> = {};
    for (const [table, columns] of Object.entries(BASELINE_TABLES)) {
      const rows = await this.database.rows<Record<string, string | number>>(
        `SELECT ${columns.map(({ name }) => name).join(", ")} FROM ${table} ORDER BY ALL`,
      );
      tables[table as keyof typeof BASELINE_TABLES] = rows.map((row) =>
        columns.map(({ name }) => row[name]!),
      );
    }
    return { fittedTo: isoDate(cutoff), settings: this.settings, tables: tables as BaselineState["tables"] };
  }
}

const literal = (value: string | number) => (typeof value === "number" ? String(value) : `'${value}'`);
