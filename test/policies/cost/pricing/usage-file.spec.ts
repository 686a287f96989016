import assert from "node:assert/strict";
import { join } from "node:path";
import { usageFor } from "../../../../policies/cost/pricing/usage";
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
    [{ customMetrics: 3 }, /^customMetrics must be \{ minimum, maximum \}/],
    [{ customMetrics: { minimum: 2, maximum: 1 } }, /minimum <= maximum/],
    [{ customMetrics: { minimum: -1, maximum: 1 } }, /0 <= minimum/],
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
  const byName = { raw: { minimum: 1, maximum: 2 }, "*": range };

  it("takes the first pattern that the name contains, else the rest", () => {
    assert.equal(usageFor(byName, "raw-bucket"), byName.raw);
    assert.equal(usageFor(byName, "models-bucket"), byName["*"]);
  });
});
