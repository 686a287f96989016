import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readModelAnswers } from "../../contracts/model-answer";
import { MODEL_INPUT_NAMES, modelInputCsv } from "../../contracts/model-input";
import { skipWithout } from "../support/skip-without";

describe("readModelAnswers", () => {
  const answers: readonly [what: string, text: string, type: string][] = [
    ["one line of a real-time call", "0.5,1.25,3e-05", "text/csv; charset=utf-8"],
    ["a line a row of a batch", "0.5\n1.25\n3e-05\n", "text/csv"],
    ["a list of a multi-model container", "[0.5, 1.25, 3e-05]", "application/json"],
    [
      "predictions of a single-model container",
      '{"predictions":[{"score":0.5},{"score":1.25},{"score":3e-05}]}',
      "application/json",
    ],
  ];
  for (const [what, text, type] of answers) {
    it(`reads ${what}`, () => {
      assert.deepEqual([...readModelAnswers(text, type, 3)], [0.5, 1.25, 0.00003]);
    });
  }

  it("reads what is no number as NaN, and rejects another count", () => {
    assert.deepEqual([...readModelAnswers("1,,nan", "text/csv", 3)], [1, NaN, NaN]);
    assert.throws(() => readModelAnswers("1,2", "text/csv", 3), /answered 2 values to 3 rows/);
    assert.throws(() => readModelAnswers('{"message":"no"}', "application/json", 1), /allowed: a list/);
  });
});

/**
 * What the built-in container does with text/csv: it guesses the delimiter from the first 512 characters of the first line,
 * splits at newlines, and takes an empty field for nan (its encoder.py). Python's own Sniffer is asked here.
 */
const CONTAINER = `
import csv, json, sys
body = sys.stdin.read()
guess = csv.Sniffer().sniff(body.split("\\n")[0][:512]).delimiter
delimiter = "," if guess.isalnum() else guess
rows = [["nan" if field == "" else field for field in line.split(delimiter)] for line in body.split("\\n")]
print(json.dumps([[None if field == "nan" else float(field) for field in row] for row in rows]))`;

describe("the built-in container's CSV parser", () => {
  before(function () {
    skipWithout(this, "python3", "its csv module stands for the container's");
  });

  const parse = (body: string) => {
    const { status, stdout, stderr } = spawnSync("python3", ["-c", CONTAINER], {
      input: body,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as (number | null)[][];
  };

  it("reads every value of the rows that the API sends, and its gaps as missing", () => {
    const rows = [1, 7, 40].map((seed) =>
      Float32Array.from(MODEL_INPUT_NAMES, (_, i) =>
        i % seed === 3 ? NaN : Math.fround((seed * i) / 7 - 2),
      ),
    );

    const read = parse(rows.map((row) => modelInputCsv(row)).join("\n"));

    assert.deepEqual(
      read,
      rows.map((row) => Array.from(row, (value) => (Number.isNaN(value) ? null : value))),
    );
  });

  it("guesses the comma from a first row that is all but empty", () => {
    const [read] = parse(modelInputCsv(MODEL_INPUT_NAMES.map((_, i) => (i === 0 ? 1 : NaN))));

    assert.deepEqual([read!.length, read![0], read![1]], [MODEL_INPUT_NAMES.length, 1, null]);
  });
});
