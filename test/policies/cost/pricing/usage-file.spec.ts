import assert from "node:assert/strict";
import { join } from "node:path";
import { exactly } from "../../../../policies/cost/pricing/range";
import { mergeUsage, usageFor } from "../../../../policies/cost/pricing/usage";
import { parseUsage, readUsageFile } from "../../../../policies/cost/pricing/usage-file";

const range = { minimum: 0, maximum: 1 };

describe("parseUsage", () => {
  it("takes ranges, ranges by name, and the one share", () => {
    const usage = {
      customMetrics: range,
      bucketGigabytes: { raw: range, "*": range },
      logCompressionShare: 0.2,
    };

    assert.deepEqual(parseUsage(usage), usage);
  });

  const rejected: [unknown, RegExp][] = [
    [[], /^usage is an object/],
    [{ customMetric: range }, /^"customMetric" is not a usage assumption; did you mean "customMetrics"\?$/],
    [{ customMetrics: 3 }, /^customMetrics must be \{ minimum, expected\?, maximum \}/],
    [{ customMetrics: { minimum: 2, maximum: 1 } }, /<= maximum/],
    [{ customMetrics: { minimum: -1, maximum: 1 } }, /0 <= minimum/],
    [{ customMetrics: { minimum: 1, expected: 3, maximum: 2 } }, /minimum <= expected <= maximum/],
    [{ customMetrics: { minimum: 1, expected: "2", maximum: 2 } }, /^customMetrics must be/],
    [{ spotSavingShare: { minimum: 0, maximum: 2 } }, /maximum <= 1$/],
    [{ bucketGigabytes: range }, /^bucketGigabytes must map name patterns to ranges and have one for "\*"$/],
    [{ bucketGigabytes: { raw: 3, "*": range } }, /^bucketGigabytes\.raw must be/],
    [{ logCompressionShare: 7 }, /^logCompressionShare must be a number from 0 to 1$/],
  ];
  for (const [json, message] of rejected)
    it(`rejects ${JSON.stringify(json)}`, () => {
      assert.throws(
        () => parseUsage(json),
        ({ message: text }: Error) => message.test(text),
      );
    });

  it("reports every mistake of a file, each with the file's name", () => {
    const file = join(__dirname, "..", "files", "mistyped-usage.json");

    assert.throws(
      () => readUsageFile(file),
      ({ message }: Error) => message.startsWith(`${file}: "bucketGigabyte"`),
    );
  });
});

describe("usageFor", () => {
  const byName = { raw: exactly(2), "*": exactly(1) };

  it("takes the first pattern that the name contains, else the rest", () => {
    assert.equal(usageFor(byName, "raw-bucket"), byName.raw);
    assert.equal(usageFor(byName, "models-bucket"), byName["*"]);
  });
});

describe("mergeUsage", () => {
  it("expects the middle of the bounds where an environment says nothing else", () => {
    const usage = mergeUsage({
      customMetrics: { minimum: 2, maximum: 8 },
      bucketGigabytes: { raw: { minimum: 1, expected: 2, maximum: 9 }, "*": { minimum: 0, maximum: 1 } },
      logCompressionShare: 0.5,
    });

    assert.equal(usage.customMetrics.expected, 5);
    assert.deepEqual([usage.bucketGigabytes.raw?.expected, usage.bucketGigabytes["*"]?.expected], [2, 0.5]);
    assert.equal(usage.logCompressionShare, 0.5);
  });
});
