import assert from "node:assert/strict";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { forecastArguments } from "../../scripts/forecast-options";
import { main as start } from "../../scripts/start";
import { temporaryFolder } from "../runtime/support/temporary-folder";

describe("the options of a forecast", () => {
  const folder = temporaryFolder();
  before(() => {
    mkdirSync(folder.path("data"));
    writeFileSync(folder.path("data/pos.csv"), "date,store,sku,quantity,price\n");
    mkdirSync(folder.path("nothing"));
    mkdirSync(folder.path("photos"));
    writeFileSync(folder.path("photos/a.jpg"), "mine");
    writeFileSync(folder.path("file"), "mine");
    symlinkSync(folder.path("data"), folder.path("link"));
  });
  const data = () => ["--data", folder.path("data")];
  const out = (path: string) => ["--out", folder.path(path)];

  it("accepts sizes, a data folder, a file of sales, and an output folder with a slash at its end", () => {
    assert.deepEqual(forecastArguments(["--stores", "3", "--seed", "0", ...out("week/")]).sizes, {
      stores: 3,
      seed: 0,
    });
    assert.equal(forecastArguments([...data(), ...out("week")]).data, folder.path("data"));
    assert.equal(forecastArguments(["--unsteady", "--days", "730", ...out("week")]).unsteady, true);
    forecastArguments(["--data", folder.path("data/pos.csv"), ...out("week")]);
    forecastArguments(["--data", folder.path("link"), ...out("week")]);
  });

  const rejections: [string, () => string[], RegExp][] = [
    ["an empty output folder", () => ["--out", ""], /^--out is empty \(npm run forecast/],
    ["an empty data folder's name", () => ["--data", ""], /^--data is empty/],
    ["an option given twice", () => ["--out", "a", "--out", "b"], /^--out is given twice/],
    ["an unknown option", () => ["--fast"], /^Unknown option '--fast' \(npm run forecast/],
    ["an option without its value", () => ["--out"], /^Option '--out <value>' argument missing/],
    ["a word without an option", () => ["week"], /^Unexpected argument 'week'/],
    ["no stores", () => ["--stores", "0"], /^--stores is 0: an integer from 1 to 2000 is allowed$/],
    ["half a day", () => ["--days", "1.5"], /^--days is "1\.5": a whole number is allowed$/],
    ["a size beside data", () => [...data(), "--skus", "5"], /^--skus is for generated data/],
    ["files to add without files", () => ["--add"], /^--add is for your own files: give --data too/],
    [
      "files to add to nothing",
      () => [...data(), "--add", ...out("week")],
      /^--add: .*week holds no result of your own files/,
    ],
    ["to add and to begin", () => [...data(), "--add", "--init"], /^--init adds nothing/],
    ["an unsteady world beside data", () => [...data(), "--unsteady"], /^--unsteady is for generated data/],
    ["data that is not there", () => ["--data", folder.path("no")], /there is no such file or folder$/],
    ["a data folder with nothing in it", () => ["--data", folder.path("nothing")], /the folder is empty/],
    ["the data as output", () => [...data(), ...out("data")], /^--out .* is --data/],
    ["the data as output through a link", () => [...data(), ...out("link")], /^--out .* is --data/],
    ["an output in the data", () => [...data(), ...out("data/week")], /^--out .* lies in --data/],
    ["an output around the data", () => [...data(), ...out("")], /^--out .* contains --data/],
    ["somebody's folder", () => out("photos"), /photos holds a\.jpg, which this program did not write/],
    ["a file", () => out("file"), /file is a file: nothing was changed/],
    ["the folder that one is in", () => ["--out", "."], /the folder that you are in/],
    ["a backslash", () => out("a\\b"), /a backslash or a NUL cannot be in it/],
  ];
  for (const [what, argv, message] of rejections) {
    it(`rejects ${what} in one line, and changes nothing`, () => {
      const before = readdirSync(folder.path("."), { recursive: true });

      assert.throws(
        () => forecastArguments(argv()),
        (error: Error) => message.test(error.message) && !error.message.includes("\n"),
      );
      assert.deepEqual(readdirSync(folder.path("."), { recursive: true }), before);
    });
  }

  it("are checked before the plan by npm start", async () => {
    for (const [argv, message] of [
      [["--data", folder.path("no")], /there is no such file or folder/],
      [["--plan-only", "--stores", "3"], /--plan-only forecasts nothing: --stores has no use with it/],
      [["--plan-only", "--plan-only"], /given twice/],
    ] as const) {
      const started = performance.now();
      await assert.rejects(start(argv), message);
      assert.ok(performance.now() - started < 500, "nothing was planned");
    }
  });
});
