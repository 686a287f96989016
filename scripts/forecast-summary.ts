import { formatPercent, formatPercentBeside, type Metric } from "../forecasting/metrics/metric";
import type { LevelAccuracy } from "../forecasting/evaluation/accuracy-report";
import type { ReportData } from "../runtime/report/report-data";
import { KPI_RATES, type SimulationResult } from "../runtime/ordering/simulation-result";
import { mixtureName } from "../forecasting/selection/mixture";
import { counted } from "../runtime/engine/text/counted";
import { colour, wantsColour } from "./terminal/colour";
import { type Column, table } from "./terminal/table";

/** Below this mean a percentage error says more about small numbers than about the forecast. */
const MAPE_MINIMUM_UNITS = 30;
const count = (value: number) => Math.round(value).toLocaleString("en");
const right = (title: string): Column => ({ title, align: "right" });

/** What a terminal shows after a run: accuracy by level, stock-outs and waste, orders, and where the report is. */
export function weekLines({ report }: { readonly report: ReportData }, reportPath: string): string[] {
  const { bold, dim } = colour(wantsColour(process.stdout));
  return [
    "",
    bold(`Forecast week ${report.forecastFrom} to ${report.forecastTo}`),
    `  ${counted(report.stores, "store")}, ${counted(report.skus, "SKU")}, ${counted(report.rows, "store x SKU x day")} from ${report.firstDay}` +
      (report.seed === undefined ? "" : `, generated with seed ${report.seed}`),
    ...report.warnings.map((warning) => dim(`  note: ${warning}`)),
    "",
    ...accuracyLines(report),
    ...selectionLines(report),
    ...stockLines(report),
    `  orders: ${count(report.orders.lines)} of ${counted(report.orders.considered, "store x SKU pair")}, ` +
      `${counted(report.orders.units, "unit")}, ${moneyIn(report.currency)(report.orders.costYen)}`,
    dim(`  stock: ${report.orders.stockSource}`),
    "",
    `  ${report.seconds.toFixed(0)} s, peak memory ${count(report.peakMegabytes)} MB`,
    bold(`  report: ${reportPath}`),
    "",
  ];
}

function accuracyLines({ backtest }: ReportData): string[] {
  if (!backtest) return ["  too little history for a backtest", ""];
  const parts = backtest.segments
    .filter(({ name }) => name.startsWith("sells at least"))
    .map(({ name, accuracy }) => levelRow(`  ${name}`, accuracy, false));
  const [finest, ...coarser] = backtest.levels.map((level) => levelRow(level.level, level, true));
  const names = backtest.levels[0]?.forecasters.map(({ name }) => name) ?? [];
  const columns = [
    { title: "WAPE by level" },
    right("units/cell"),
    ...names.map(right),
    right("vs naive"),
    right("bias"),
    right("MAPE"),
  ];
  const wide = [
    ...backtest.openDays.levels
      .slice(0, 1)
      .map((level) => levelRow("  with days that ran out", level, false)),
    ...backtest.allDays.levels
      .slice(0, 1)
      .map((level) => levelRow("  every day, closed ones as 0", level, false)),
  ];
  return [
    ...table(columns, [...(finest ? [finest] : []), ...wide, ...parts, ...coarser]).map(
      (line) => `  ${line}`,
    ),
    ...notBetter(backtest),
    "",
  ];
}

/** Levels at which the champion is no better than seasonal naive. */
function notBetter({ levels }: NonNullable<ReportData["backtest"]>): string[] {
  const missed = levels.filter(({ forecasters }) => {
    const skill = forecasters.find(({ name }) => name === "champion")?.skill.value;
    return skill !== undefined && skill !== null && skill <= 0;
  });
  if (missed.length === 0) return [];
  return [
    `  no better than seasonal naive on the hold-out at: ${missed.map(({ level }) => level).join(", ")}`,
  ];
}

/** What was chosen, by category; classes that chose alike share a line. */
function selectionLines({ selection }: ReportData): string[] {
  const lines = new Map<string, string[]>();
  for (const { category, demandClass, mixture, chosen, naive, units } of selection) {
    if (units === 0) continue;
    const gain = Math.round(100 * (1 - (chosen.day + chosen.week) / Math.max(naive.day + naive.week, 1e-9)));
    const key = `${category}: ${mixtureName(mixture)}`;
    lines.set(key, [...(lines.get(key) ?? []), `${demandClass} ${gain > 0 ? `-${gain} %` : "as naive"}`]);
  }
  if (lines.size === 0) return [];
  return [
    "  chosen on validation days (error against seasonal naive):",
    ...[...lines].map(([choice, classes]) => `    ${choice} (${classes.join(", ")})`),
    "",
  ];
}

function signed(metric: Metric, factor = 1): string {
  if (metric.value === null) return "–";
  const value = metric.value * factor;
  return `${value > 0 ? "+" : ""}${formatPercent({ value })}`;
}

function levelRow(title: string, level: LevelAccuracy, withMape: boolean): string[] {
  const champion = level.forecasters.find(({ name }) => name === "champion");
  const shows = withMape && level.meanUnits >= MAPE_MINIMUM_UNITS;
  return [
    title,
    level.meanUnits.toFixed(level.meanUnits < 10 ? 2 : 0),
    ...level.forecasters.map(({ wape }) => formatPercent(wape)),
    champion ? signed(champion.skill, -1) : "–",
    champion ? signed(champion.bias) : "–",
    champion && shows ? formatPercent(champion.mape) : "",
  ];
}

/** The chain's own month is counted in it; of another currency it says nothing. */
const YEN = "JPY";
const moneyIn = (currency: string) => (value: number) =>
  `${count(value)} ${currency === YEN ? "yen" : currency}`;

/** Money of the simulated days, and what the chain's own month would become. */
function moneyLines(
  { days, yen: { today, ours, chainMonth } }: SimulationResult,
  currency: string,
): string[] {
  const money = moneyIn(currency);
  const million = (value: number) => `${Math.round(value / 1e6)} million`;
  const month = [
    { what: "lost", now: chainMonth.today.lost, then: chainMonth.ours.lost },
    { what: "wasted", now: chainMonth.today.waste, then: chainMonth.ours.waste },
  ].flatMap(({ what, now, then }) =>
    then === undefined ? [] : [`${million(then)} of ${million(now)} yen ${what}`],
  );
  return [
    `  lost sales in ${counted(days, "day")}: today ${money(today.lost)}, recommended ${money(ours.lost)}; ` +
      `waste: today ${money(today.waste)}, recommended ${money(ours.waste)}`,
    ...(month.length > 0 && currency === YEN ? [`  in the chain's month that is ${month.join(", ")}`] : []),
  ];
}

function stockLines({ simulation, currency }: ReportData): string[] {
  const all = simulation?.parts[0];
  if (!simulation || !all) return [];
  const { green, yellow } = colour(wantsColour(process.stdout));
  const line = (name: string, today: Metric, ours: Metric, limit: number) => {
    const kept = ours.value !== null && ours.value <= limit;
    const verdict = kept ? green("KPI kept") : yellow("KPI missed");
    return `  ${name}: today ${formatPercent(today)}, recommended ${formatPercentBeside(ours, limit)}, line ${formatPercent({ value: limit }, 0)}: ${verdict}`;
  };
  return [
    line("stock-outs (simulated)", all.today.stockOutRate, all.ours.stockOutRate, KPI_RATES.stockOutRate),
    line("waste (simulated)", all.today.wasteRate, all.ours.wasteRate, KPI_RATES.wasteRate),
    ...moneyLines(simulation, currency),
    ...simulation.warnings.map((warning) => `  note: ${warning}`),
  ];
}
