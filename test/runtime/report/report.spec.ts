import assert from "node:assert/strict";
import { NOTHING, outcomeRates } from "../../../forecasting/simulation/outcome-rates";
import { bars } from "../../../runtime/report/bars";
import { storeKindChange } from "../../../forecasting/drift/store-kinds";
import { driftSection } from "../../../runtime/report/drift-section";
import { buildReport } from "../../../runtime/report/build-report";
import { frontierChart } from "../../../runtime/report/frontier-chart";
import { escapeHtml, html, trusted } from "../../../runtime/report/html";
import { lineChart, roundStep } from "../../../runtime/report/line-chart";
import type { ReportData } from "../../../runtime/report/report-data";

const HOSTILE = `<img src=x onerror="alert('1')">&`;

function exampleReport(): ReportData {
  return {
    source: "ingested",
    firstDay: "2026-01-01",
    cutoff: "2026-01-10",
    stores: 1,
    skus: 2,
    rows: 20,
    currency: "EUR",
    forecastRows: 14,
    forecastFrom: "2026-01-11",
    forecastTo: "2026-01-17",
    selection: [],
    plots: [
      {
        title: HOSTILE,
        subtitle: HOSTILE,
        days: [20463, 20464],
        actual: [3, null],
        mean: [2, 4],
        low: [1, 2],
        high: [5, 6],
        cutoff: 20463,
      },
    ],
    importance: [{ category: HOSTILE, features: [{ name: HOSTILE, meaning: "", share: 1 }] }],
    models: [],
    orders: {
      considered: 2,
      lines: 1,
      units: 6,
      costYen: 540,
      stockSource: HOSTILE,
      reasons: [{ reason: HOSTILE, count: 1 }],
      largest: [
        {
          store: HOSTILE,
          sku: HOSTILE,
          name: HOSTILE,
          packs: 1,
          units: 6,
          position: 0,
          expectedUnits: 4,
          protectionDays: 2,
          stockOutProbability: 0.1,
          reason: "demand",
          costYen: 540,
        },
      ],
      assumed: [],
    },
    reconciliation: { lines: [{ what: HOSTILE, count: 3 }], balanced: false, warnings: [HOSTILE] },
    steps: [],
    seconds: 1,
    peakMegabytes: 100,
    nodeVersion: "20",
    warnings: [HOSTILE],
  };
}

describe("buildReport", () => {
  it("names the money of the data", () => {
    const page = buildReport(exampleReport()).replace(/\s+/g, " ");

    assert.match(page, /1 of 2 store x SKU pairs order: 6 units for 540 EUR\./);
    assert.match(page, /<th>EUR<\/th>/);
    assert.doesNotMatch(page, /\byen\b/i);
  });

  it("lets no data into the page unescaped", () => {
    const page = buildReport(exampleReport());

    assert.ok(!page.includes("<img"), "markup of the data reached the page");
    assert.ok(page.includes(escapeHtml(HOSTILE)));
  });

  it("needs no script, font, image or network", () => {
    const page = buildReport(exampleReport());

    assert.doesNotMatch(page, /<script|<link|<img|@import|url\(|https?:\/\//);
    assert.match(page, /name="viewport"/);
    assert.match(page, /prefers-color-scheme: dark/);
  });

  it("says that there is no backtest and that counts do not add up, where that is so", () => {
    const page = buildReport(exampleReport());

    assert.match(page, /Too little history for a backtest/);
    assert.match(page, /The counts do not add up/);
  });
});

describe("report parts", () => {
  it("escape values and keep trusted markup", () => {
    const nested = html`<s>x</s>`;

    assert.equal(html`<b>${["<i>", 1, nested, undefined]}</b>`.text, "<b>&lt;i&gt;1<s>x</s></b>");
    assert.equal(html`<b>${trusted("<u>")}</b>`.text, "<b><u></b>");
  });

  it("draw a point per sold day, and no point for days to come", () => {
    const chart = lineChart(exampleReport().plots[0]!).text;

    assert.equal(chart.match(/<circle/g)?.length, 1);
    assert.match(chart, /<polygon/);
    assert.match(chart, /stroke-dasharray/);
  });

  it("draw error, skill and sum of a category with the alarm's line and a mark for each action", () => {
    const days = ["2026-07-01", "2026-07-02", "2026-07-03", "2026-07-04"].map((day, i) => ({
      day,
      wape: 0.15,
      skill: 0.4,
      cusum: i < 2 ? null : 3 * i,
    }));
    const kindDays = (wapes: readonly number[]) =>
      wapes.flatMap((wape, i) =>
        (["station", "office"] as const).map((kind) => ({
          kind,
          category: "food" as const,
          day: 20_000 + i,
          actual: kind === "station" ? 30 : 70,
          absoluteError: kind === "station" ? 30 * wape : 14,
        })),
      );
    const storeKinds = {
      change: storeKindChange(kindDays([0.2, 0.2]), kindDays([0.4, 0.4]))!,
      days: days.map(({ day, cusum }) => ({
        day,
        isJudged: cusum !== null,
        wapes: { station: 0.3, office: 0.2 },
      })),
    };
    const actions = [{ day: "2026-07-04", action: "cold-start", words: HOSTILE }];

    const { text } = driftSection({ courses: [{ category: "food", days, actions }], storeKinds });

    assert.equal(text.match(/<polyline/g)?.length, 3 + 2);
    // The alarm, and the first evening.
    assert.equal(text.match(/stroke-dasharray/g)?.length, 2);
    assert.match(text, /Most of the rise is in one kind: station/);
    assert.match(text, /station.*?30\.0 %.*?\+6\.00/s);
    assert.equal(text.match(/class="mark"/g)?.length, 1);
    assert.match(text, /2026-07-04 cold-start/);
    assert.ok(!text.includes(HOSTILE));
    assert.equal(driftSection().text, "");
  });

  it("draw the frontier with the corner of both KPI and both practices, and leave out what is far from it", () => {
    const curve = (name: string, rates: readonly (readonly [number, number])[]) => ({
      name,
      points: rates.map(([stockOutRate, wasteRate], parameter) => ({ parameter, stockOutRate, wasteRate })),
    });
    const at = (stockOutDays: number, wasted: number) =>
      outcomeRates({ ...NOTHING, days: 100, stockOutDays, delivered: 100, wasted });
    const stands = { today: at(70, 5), ours: at(4, 3) };
    const chart = frontierChart(
      [
        curve(HOSTILE, [
          [0.05, 0.01],
          [0.02, 0.04],
          [0.9, 0.9],
        ]),
      ],
      stands,
    ).text;

    assert.equal(chart.match(/points="[^"]*"/)![0].split(" ").length, 2);
    assert.equal(chart.match(/<circle/g)?.length, 1);
    assert.match(chart, />our orders</);
    assert.match(chart, />both KPI kept</);
    assert.ok(!chart.includes("<img"));
    assert.equal(frontierChart([curve("far", [[0.9, 0.9]])], stands).text, "");
  });

  it("scale axes in steps of 1, 2 or 5", () => {
    assert.deepEqual([3, 7, 18, 45, 900].map(roundStep), [1, 2, 5, 20, 500]);
  });

  it("draw bars in proportion and a dash's worth for a missing value", () => {
    const chart = bars([
      { label: "a", value: 2, shown: "2" },
      { label: "b", value: 1, shown: "1" },
      { label: "c", shown: "–" },
    ]).text;

    assert.deepEqual(chart.match(/width:[\d.]+%/g), ["width:100.0%", "width:50.0%", "width:0.0%"]);
  });

  it("draws challenger against champion with an interval, and says what was found", () => {
    const evening = (days: number, relative: number, half: number) => ({
      day: `2026-11-${String(days).padStart(2, "0")}`,
      standing: {
        days,
        relative,
        z: -4,
        correctedAutocorrelation: 0,
        lower: relative - half,
        upper: relative + half,
        eValue: 120,
        pValue: 0.01,
      },
    });
    const page = buildReport({
      ...exampleReport(),
      comparisons: [
        { category: "drinks", storeCount: 16, evenings: [evening(4, -0.02, 0.3), evening(5, -0.05, 0.02)] },
        { category: "food", storeCount: 1, evenings: [], reason: "1 stores; at least 2 are needed" },
      ],
    });

    assert.match(page, /better after 5 days on 16 stores: -5.0 %, between -7.0 % and -3.0 %, evidence 120/);
    assert.match(page, /nothing can be said: 1 stores; at least 2 are needed/);
    assert.match(
      page,
      /aria-label="drinks: change of the error from champion to challenger, with its interval"/,
    );
    // What lies beyond a quarter is drawn at the edge.
    assert.match(page, />\+25.0 %<\/text>/);
    assert.doesNotMatch(page, /NaN|undefined/);
  });
});
