import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleFunction } from "../../../components/function-bundle";
import { FUNCTIONS, type FunctionName } from "../../../contracts/functions";
import * as tails from "../../../forecasting/experiment/normal-tails";
import { entryOf } from "../../../scripts/build-functions";

/** Lambda loads it before the first answer. */
const ZIPPED_KILOBYTES_MAX = 300;

/** Runs a script in a folder without packages, as Lambda would: with credentials in the environment and nothing else. */
function runAlone(folder: string, script: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", script], {
    cwd: folder,
    encoding: "utf8",
    env: { AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

describe("the bundles of the functions", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "bundles-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const name of Object.keys(FUNCTIONS) as FunctionName[]) {
    it(`has the ${name} function in less than ${ZIPPED_KILOBYTES_MAX} KB zipped, whole without any package`, async () => {
      const bundle = await bundleFunction(entryOf(name));
      writeFileSync(join(folder, `${name}.js`), bundle);

      const kilobytes = gzipSync(bundle, { level: 9 }).length / 1024;
      assert.ok(kilobytes < ZIPPED_KILOBYTES_MAX, `${kilobytes.toFixed(0)} KB`);
      assert.equal(runAlone(folder, `console.log(typeof require("./${name}.js").handler)`), "function");
    });
  }

  it("has the probability functions of the library, to the last bit", async () => {
    const entry = require.resolve("../../../forecasting/experiment/normal-tails");
    writeFileSync(join(folder, "tails.js"), await bundleFunction(entry));
    await tails.statisticsReady;
    const asked = [
      ["studentToNormal", -3.2, 13],
      ["studentTwoSided", 2.1, 6],
      ["chiSquaredTail", 11.1, 1],
      ["binomialTail", 7, 120, 0.02],
      ["logGamma", 0.37],
    ] as const;

    const told = runAlone(
      folder,
      `const tails = require("./tails.js"); tails.statisticsReady.then(() => console.log(JSON.stringify(
        ${JSON.stringify(asked)}.map(([name, ...values]) => tails[name](...values)))))`,
    );

    const own = tails as unknown as Record<string, (...values: readonly number[]) => number>;
    assert.deepEqual(
      JSON.parse(told),
      asked.map(([name, ...values]) => own[name]!(...values)),
    );
  });
});
