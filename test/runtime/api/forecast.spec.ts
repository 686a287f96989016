import assert from "node:assert/strict";
import { seriesDay } from "../../../contracts/feature-groups";
import { assignVariant } from "../../../forecasting/experiment/assign-variant";
import { forecastAnswer } from "../../../runtime/api/schemas";
import { CHALLENGER, CHAMPION, smallApi, STORE } from "./support/small-night";

interface Day {
  readonly day: string;
  readonly units: number;
  readonly source: string;
}
const sourcesOf = (body: { forecasts: { days: Day[] }[] }) =>
  [...new Set(body.forecasts.flatMap(({ days }) => days.map(({ source }) => source)))].sort();

describe("the forecast operation", () => {
  it("multiplies the category's model's answer with the baseline of the online store, day by day", async () => {
    const { forecast, world } = smallApi();

    const { status, body } = await forecast({ skus: ["D1", "D2"], days: 3 });

    assert.equal(status, 200);
    assert.deepEqual(
      body.forecasts.map(({ sku, days }: { sku: string; days: Day[] }) => [
        sku,
        days.map(({ units }) => units),
      ]),
      [
        ["D1", [15, 15, 15]],
        ["D2", [15, 15, 15]],
      ],
    );
    assert.deepEqual(body.forecasts[0].days[0], {
      day: "2026-11-23",
      units: 15,
      low: 2,
      high: 3,
      source: "model",
    });
    assert.deepEqual([body.complete, body.degraded, body.notices, body.missing], [true, false, [], []]);
    assert.deepEqual(
      world.invocations.map(({ category, version, csv }) => [category, version, csv.split("\n").length]),
      [["drinks", CHAMPION, 6]],
    );
    assert.ok(forecastAnswer.safeParse(body).success);
  });

  it("asks one model a category, each by its own pointer, and sees a moved pointer within ten seconds", async () => {
    const { forecast, world } = smallApi();
    await forecast({ skus: ["D1", "F1"] });
    world.pointers = { champion: { ...world.pointers.champion, food: CHALLENGER } };

    world.now = 9_000;
    await forecast({ skus: ["D1", "F1"] });
    world.now = 11_000;
    const moved = await forecast({ skus: ["D1", "F1"] });
    world.pointers = { champion: { ...world.pointers.champion, food: CHAMPION } };
    world.now = 22_000;
    await forecast({ skus: ["D1", "F1"] });

    const versions = world.invocations.map(({ category, version }) => `${category} ${version}`);
    assert.deepEqual(versions, [
      ...[`drinks ${CHAMPION}`, `food ${CHAMPION}`],
      ...[`drinks ${CHAMPION}`, `food ${CHAMPION}`],
      ...[`drinks ${CHAMPION}`, `food ${CHALLENGER}`],
      ...[`drinks ${CHAMPION}`, `food ${CHAMPION}`],
    ]);
    assert.equal(moved.body.models[1].version, CHALLENGER);
  });

  it("gives a store the variant of its hash for as long as the experiment runs, in that category alone", async () => {
    const { forecast, world } = smallApi();
    const split = (challengerShare: number) => ({
      experimentId: "drinks-7",
      category: "drinks" as const,
      championVersion: CHAMPION,
      challengerVersion: CHALLENGER,
      challengerShare,
    });
    world.splits.set("drinks", split(1));

    const { body } = await forecast({ skus: ["D1", "F1"], days: 1 });
    world.splits.set("drinks", split(0.1));
    world.now = 60_000;
    const later = await forecast({ skus: ["D1"], days: 1 });

    assert.deepEqual(body.models, [
      {
        category: "drinks",
        variant: "challenger",
        version: CHALLENGER,
        experimentId: "drinks-7",
        answered: true,
      },
      { category: "food", variant: "champion", version: CHAMPION, answered: true },
    ]);
    assert.equal(later.body.models[0].variant, assignVariant("S1", "drinks-7", 0.1));
  });

  it("logs what served each store: variant, version, experiment, sources and every figure", async () => {
    const { forecast, world } = smallApi();

    await forecast({ skus: ["D1", "F1", "nobody"], days: 2 });

    const [line] = world.log;
    assert.deepEqual(
      { ...line, milliseconds: 0 },
      {
        event: "forecast",
        requestId: "request-1",
        at: "1970-01-01T00:00:00.000Z",
        store: "S1",
        from: "2026-11-23",
        days: 2,
        served: [
          { category: "drinks", variant: "champion", version: CHAMPION, answered: true },
          { category: "food", variant: "champion", version: CHAMPION, answered: true },
        ],
        sources: { model: 3, "not-sold": 1 },
        missingSkus: 1,
        milliseconds: 0,
        notices: [],
        units: { D1: [15, 15], F1: [15, 0] },
      },
    );
  });

  it("gives a zero only where the night says that nothing is sold that day", async () => {
    const { forecast } = smallApi();

    const { body } = await forecast({ skus: ["F1"], days: 2 });

    assert.deepEqual(
      body.forecasts[0].days.map(({ units, source }: Day) => [units, source]),
      [
        [15, "model"],
        [0, "not-sold"],
      ],
    );
  });

  it("takes a baseline of 0 in the online store for such a day too, and asks no model about it", async () => {
    const { forecast, world } = smallApi();
    const id = seriesDay(1, 1, 1);
    world.rows.set(id, { ...world.rows.get(id)!, baseline: 0 });

    const { body } = await forecast({ skus: ["D1"], days: 1 });

    assert.deepEqual(
      [body.forecasts[0].days[0].units, sourcesOf(body), body.degraded],
      [0, ["not-sold"], false],
    );
    assert.deepEqual([world.invocations, body.notices], [[], []]);
  });

  it("forecasts a SKU that is new to the store by the chain and the store's size, one that is new to the chain by its price band", async () => {
    const { forecast } = smallApi();

    const { body } = await forecast({ skus: ["N1", "N2"], days: 1 });

    assert.deepEqual(
      body.forecasts.map(({ sku, days }: { sku: string; days: Day[] }) => [
        sku,
        days[0]!.units,
        days[0]!.source,
      ]),
      [
        ["N1", 3, "new-item"],
        ["N2", 1.5, "new-item"],
      ],
    );
    assert.deepEqual([body.complete, body.degraded], [true, false]);
  });

  it("forecasts a store without a history by the mean store", async () => {
    const { forecast } = smallApi();

    const { body } = await forecast({ skus: ["D1"], days: 1 }, "S2");

    assert.deepEqual([body.forecasts[0].days[0].units, sourcesOf(body)], [5, ["new-item"]]);
  });

  it("answers the SKUs that there are when half of them are unknown, and names the others", async () => {
    const { forecast } = smallApi();

    const { status, body } = await forecast({ skus: ["D1", "x", "D2", "y"] });

    assert.equal(status, 200);
    assert.equal(body.forecasts.length, 2);
    assert.deepEqual(body.missing, [
      { sku: "x", reason: "unknown-sku" },
      { sku: "y", reason: "unknown-sku" },
    ]);
    assert.deepEqual([body.complete, body.degraded], [false, false]);
  });

  it("starts with today when a night was missed: the last day repeats the week before, and it says so", async () => {
    const { forecast } = smallApi({ today: "2026-11-24" });

    const { body } = await forecast({ skus: ["D1"] });

    assert.deepEqual(body.forecasts[0].days.map(({ day, source }: Day) => `${day} ${source}`).slice(-2), [
      "2026-11-29 model",
      "2026-11-30 seasonal-naive",
    ]);
    assert.equal(body.forecasts[0].days.at(-1).units, STORE.skus.D1!.champion[0]);
    assert.deepEqual([body.degraded, body.complete], [true, true]);
    assert.match(body.notices[0], /last night is of 2026-11-22/);
  });

  it("has nothing to say from a night of three weeks ago", async () => {
    const { forecast } = smallApi({ today: "2026-12-14" });

    const { status, body } = await forecast({ skus: ["D1"] });

    assert.equal(status, 503);
    assert.match(body.detail, /2026-11-22, too long ago/);
  });
});
