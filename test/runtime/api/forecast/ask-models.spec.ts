import assert from "node:assert/strict";
import { MAX_SKUS } from "../../../../contracts/api";
import { HORIZON_DAYS } from "../../../../contracts/horizon";
import { MODEL_INPUT, modelInputCsv } from "../../../../contracts/model-input";
import { askModels } from "../../../../runtime/api/forecast/ask-models";
import type { Cell } from "../../../../runtime/api/forecast/cell";
import { Deadline } from "../../../../runtime/api/forecast/deadline";
import type { Route } from "../../../../runtime/api/forecast/router";
import { CALL_LIMITS, splitCalls } from "../../../../runtime/api/forecast/split-calls";
import type { Invocation, ModelEndpoint } from "../../../../runtime/endpoints/model-endpoint";

const route: Route = { category: "drinks", variant: "champion", version: "20260927-aaaaaaaa" };
const ROUTES = { drinks: route, food: route, daily: route, confectionery: route };
const week = Array.from({ length: 7 }, () => 4);

/** The n-th row is the line `n`, and the model answers n + 1. */
const cells = (count: number): Cell[] =>
  Array.from({ length: count }, (_, n) => ({
    sku: `D${n}`,
    category: "drinks",
    day: "2026-11-23",
    position: 0,
    night: {
      id: n,
      name: "",
      category: "drinks",
      champion: week,
      challenger: week,
      baseline: week,
      naive: week,
    },
    row: { day: "2026-11-23", csv: String(n), baseline: 1, naive: 1 },
  }));

/** A model that answers later what it is asked first, but for calls that have a row of `broken`. */
function slowModel(broken?: string) {
  const asked: Invocation[] = [];
  const count = { open: 0, most: 0 };
  const endpoint: ModelEndpoint = {
    invoke: async (invocation) => {
      asked.push(invocation);
      count.most = Math.max(count.most, ++count.open);
      await new Promise((resolve) => setTimeout(resolve, 12 - asked.length));
      count.open -= 1;
      const rows = invocation.csv.split("\n");
      if (broken !== undefined && rows.includes(broken)) throw new Error("ModelError");
      return { text: rows.map((row) => Number(row) + 1).join(","), contentType: "text/csv" };
    },
  };
  return { asked, count, endpoint };
}

const ask = (endpoint: ModelEndpoint, asked: Cell[], rows: number) =>
  askModels(endpoint, asked, ROUTES, new Deadline(2000, () => performance.now()), "r", { bytes: 1000, rows });

describe("askModels with more rows than a call takes", () => {
  it("gives every cell its own answer, whichever call comes back first, and asks for four at a time", async () => {
    const { asked, count, endpoint } = slowModel();
    const rows = cells(20);

    const [model] = await ask(endpoint, rows, 2);

    assert.deepEqual(rows.map(({ answer }) => answer), rows.map((_, n) => n + 1)); // prettier-ignore
    assert.deepEqual(model, { category: "drinks", answered: true });
    assert.deepEqual([asked.length, count.most], [10, 4]);
    assert.equal(new Set(asked.map(({ inferenceId }) => inferenceId)).size, 10);
  });

  it("leaves the cells of a failed call alone to the fallbacks, and says how many", async () => {
    const rows = cells(5);

    const [model] = await ask(slowModel("2").endpoint, rows, 2);

    assert.deepEqual(rows.map(({ answer }) => answer), [1, 2, undefined, undefined, 5]); // prettier-ignore
    assert.ok(model!.answered);
    assert.equal(
      model!.notice,
      "drinks: model 20260927-aaaaaaaa of the champion failed: ModelError (2 of 5 rows)",
    );
  });
});

describe("splitCalls", () => {
  it("fills a call to the byte as it is sent, line breaks included, and loses no row", () => {
    const rows = ["aaa", "bbb", "ccc", "駅", "a"];

    const calls = splitCalls(rows, (row) => row, { bytes: 7, rows: 10 });

    assert.deepEqual(calls, [["aaa", "bbb"], ["ccc", "駅"], ["a"]]);
    assert.deepEqual(calls.map((call) => Buffer.byteLength(call.join("\n"))), [7, 7, 1]); // prettier-ignore
  });

  it("sends a row alone that is longer than a call may be: the endpoint says so", () => {
    assert.deepEqual(
      splitCalls(["a", "bbbb", "c"], (row) => row, { bytes: 3, rows: 10 }),
      [["a"], ["bbbb"], ["c"]],
    );
  });

  it("splits no request that the API takes: its widest rows are one call", () => {
    const widest = modelInputCsv(Array.from({ length: MODEL_INPUT.length }, () => -1.2345678901234567e-100));
    const rows = Array.from({ length: MAX_SKUS * HORIZON_DAYS }, () => widest);

    assert.equal(splitCalls(rows, (row) => row).length, 1);
    assert.ok(Buffer.byteLength(rows.join("\n")) < CALL_LIMITS.bytes / 4);
  });
});
