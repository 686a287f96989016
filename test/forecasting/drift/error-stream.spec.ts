import assert from "node:assert/strict";
import fc from "fast-check";
import { cumulativeSums, CUSUM_SETTINGS, firstAlarm } from "../../../forecasting/drift/cusum";
import {
  type DayError,
  expectedWape,
  standardisedErrors,
  streamReference,
} from "../../../forecasting/drift/error-stream";
import { randomFor } from "../../../forecasting/generator/random";
import vectors from "../../vectors/error-drift.json";

const { cusum } = vectors;
/** A Monday. */
const MONDAY = 20_600 - ((20_600 + 3) % 7);

describe("cumulative sums", () => {
  it("agree with the reference for both settings", () => {
    for (const [settings, expected] of [
      [{ allowance: 1, limit: 5 }, cusum.k1h5],
      [{ allowance: 0.5, limit: 5 }, cusum["k0.5h5"]],
    ] as const) {
      const sums = cumulativeSums(cusum.z, settings);

      sums.forEach((value, i) => assert.ok(Math.abs(value - expected.C[i]!) <= 1e-9));
      assert.equal(firstAlarm(sums, settings), expected.firstAlarm);
    }
  });

  it("are never negative, and stay where a day is not judged", () => {
    const values = fc.array(fc.option(fc.double({ min: -5, max: 5, noNaN: true }), { nil: undefined }));
    fc.assert(
      fc.property(values, (scores) => {
        const sums = cumulativeSums(scores);

        sums.forEach((value, i) => {
          assert.ok(value >= 0);
          if (scores[i] === undefined) assert.equal(value, sums[i - 1] ?? 0);
        });
      }),
    );
  });
});

/** Days of a stream with a mean by weekday, a deviation of a tenth, and `rise` deviations from `riseAt` on. */
function stream(count: number, { seed = 1, rise = 0, riseAt = count, correlation = 0 } = {}): DayError[] {
  const random = randomFor(seed, "stream");
  let before = 0;
  return Array.from({ length: count }, (_, i) => {
    const weekday = i % 7 >= 5 ? 0.2 : 0;
    before = correlation * before + Math.sqrt(1 - correlation ** 2) * random.normal();
    const deviations = before + (i >= riseAt ? rise : 0);
    const wape = 0.15 * Math.exp(weekday + 0.1 * deviations);
    return { day: MONDAY + i, wape, noise: 0.05, isSpecial: false };
  });
}

describe("error stream", () => {
  it("learns each weekday's level and the deviation around them", () => {
    const reference = streamReference(stream(350))!;

    assert.ok(Math.abs(reference.meanLogs[6]! - reference.meanLogs[1]! - 0.2) < 0.05);
    assert.ok(Math.abs(reference.deviation - 0.1) < 0.02);
    assert.ok(Math.abs(reference.dayCorrelation) < 0.15);
  });

  it("has no reference before four weeks of ordinary days", () => {
    const days = stream(30).map((day, i) => ({ ...day, isSpecial: i < 3 }));

    assert.equal(streamReference(days), undefined);
    assert.notEqual(streamReference(stream(28)), undefined);
  });

  it("takes out what the day before foretold, so that the rest has no memory", () => {
    const days = stream(2000, { correlation: 0.6 });

    const rests = standardisedErrors(days, streamReference(days)!) as number[];

    const mean = rests.reduce((sum, rest) => sum + rest, 0) / rests.length;
    const lagged = rests.slice(1).reduce((sum, rest, i) => sum + (rest - mean) * (rests[i]! - mean), 0);
    const squares = rests.reduce((sum, rest) => sum + (rest - mean) ** 2, 0);
    assert.ok(Math.abs(lagged / squares) < 0.1, `${lagged / squares}`);
  });

  it("finds a rise of two deviations within two weeks", () => {
    const days = stream(84, { rise: 2, riseAt: 42, seed: 3 });

    const sums = cumulativeSums(standardisedErrors(days, streamReference(days.slice(0, 42))!));

    const alarm = firstAlarm(sums);
    assert.ok(alarm >= 42 && alarm < 56, `alarm on day ${alarm}`);
  });

  it("is not moved by lower sales, whose chance alone makes the error larger", () => {
    const wapeAt = (noise: number, deviations: number) => Math.hypot(0.1, noise) * Math.exp(0.1 * deviations);
    const days = stream(126).map((day, i) => {
      const noise = i < 42 ? 0.1 : 0.2;
      return { ...day, noise, wape: wapeAt(noise, 10 * Math.log(day.wape / 0.15)) };
    });
    const reference = streamReference(days.slice(0, 42))!;

    const largest = Math.max(...cumulativeSums(standardisedErrors(days.slice(42), reference)));

    assert.ok(days[60]!.wape > 1.3 * days[18]!.wape);
    assert.ok(largest <= CUSUM_SETTINGS.limit, `${largest}`);
  });

  it("is not moved by one dreadful day, nor by any number of special ones", () => {
    const reference = streamReference(stream(56))!;
    const calm = stream(21, { seed: 9 }).map((day) => ({
      ...day,
      wape: expectedWape(reference, day.noise) * Math.exp(reference.meanLogs[0]!) * 0.9,
    }));
    const dreadful = calm.map((day, i) => (i === 10 ? { ...day, wape: 5 } : day));
    const special = calm.map((day, i) => (i >= 7 && i < 14 ? { ...day, wape: 5, isSpecial: true } : day));

    for (const days of [dreadful, special]) {
      const largest = Math.max(...cumulativeSums(standardisedErrors(days, reference)));
      assert.ok(largest <= CUSUM_SETTINGS.limit, `${largest}`);
    }
  });
});
