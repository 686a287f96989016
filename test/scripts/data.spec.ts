import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DEFAULT_OUT, DEFAULT_SIZE } from "../../scripts/forecast-options";
import commands from "../../scripts/commands.json";
import { temporaryFolder } from "../runtime/support/temporary-folder";
import { runCommandLine } from "./support/run-command-line";

describe("data", function () {
  this.timeout(90_000);
  const folder = temporaryFolder();
  const data = (...argv: string[]) => runCommandLine("data", argv);
  const small = ["--stores", "3", "--skus", "8", "--days", "30"];
  before(async () => {
    const { code, stderr } = await data("generate", ...small, "--out", folder.path("files"));
    assert.equal(code, 0, stderr);
  });

  it("generates files, makes a lake of them, and the counts add up", async () => {
    const made = await data("generate", ...small, "--out", folder.path("files"), "--json");
    const taken = await data(
      "ingest",
      "--data",
      folder.path("files"),
      "--out",
      folder.path("lake"),
      "--json",
    );
    const { lineCount } = JSON.parse(made.stdout) as { lineCount: number };
    const report = JSON.parse(taken.stdout) as Record<string, number> & { summary: { cutoff: string } };

    assert.ok(lineCount > 100);
    assert.equal(report.readCount, lineCount);
    assert.equal(report.readCount, report.keptCount! + report.mergedCount! + report.rejectedCount!);
    assert.equal(report.summary.cutoff, "2026-11-22");
    assert.ok(existsSync(folder.path("lake/lake.json")), readdirSync(folder.path("lake")).join(", "));
  });

  it("adds to a lake the files that it does not have", async () => {
    const lake = ["--out", folder.path("grown")];
    await data("ingest", "--data", folder.path("files"), ...lake);
    const name = readdirSync(folder.path("files")).find((file) => /^pos_.*\.csv$/.test(file))!;
    const [header = "", line = ""] = readFileSync(folder.path(`files/${name}`), "utf8").split("\n");
    const late = line.replace(/^[^,]+/, "late").replace(/\d{4}-\d\d-\d\d/, "2026-11-23");
    writeFileSync(folder.path("files/pos_late.csv"), `${header}\n${late}\n`);
    try {
      const { code, stdout, stderr } = await data("ingest", "--data", folder.path("files"), ...lake, "--add");

      assert.equal(code, 0, stderr);
      assert.match(stdout, /not read: in the lake already/);
      assert.match(stdout, /^lake: .*grown, \S+ to 2026-11-23$/m);
    } finally {
      rmSync(folder.path("files/pos_late.csv"));
    }
  });

  it("writes how files are to be read, once", async () => {
    const first = await data("init", "--data", folder.path("files"));
    const second = await data("init", "--data", folder.path("files"));

    assert.match(first.stdout, /smartretail\.data\.yaml is written/);
    assert.deepEqual([second.code, second.stderr.trimEnd().includes("\n")], [1, false]);
    rmSync(folder.path("files/smartretail.data.yaml"));
  });

  const rejections: readonly [argv: readonly string[], says: RegExp][] = [
    [["produce"], /^"produce" is no action; allowed: generate, init, ingest/],
    [["generate", "--data", "x"], /^--data is not for generate; allowed: --stores, --skus/],
    [["init", "--out", "x"], /^--out is not for init; allowed: --data \(/],
    [["ingest", "--seed", "1"], /^--seed is not for ingest/],
    [["ingest"], /^--data is missing/],
  ];
  for (const [argv, says] of rejections) {
    it(`rejects ${argv.join(" ")} and says what is allowed`, async () => {
      const { code, stderr } = await data(...argv);

      assert.equal(code, 1);
      assert.match(stderr, says);
    });
  }

  it("does not add to what is no lake, nor make one inside the data", async () => {
    const files = ["--data", folder.path("files")];
    const nothing = await data("ingest", ...files, "--out", folder.path("nothing"), "--add");
    const inside = await data("ingest", ...files, "--out", folder.path("files/lake"));

    assert.match(nothing.stderr, /^--add: .*nothing holds no lake that could be added to/);
    assert.match(inside.stderr, /^--out .* lies in --data/);
  });

  it("says the defaults that it has, and those of the forecast", () => {
    const optionsOf = (name: string) =>
      new Map<string, string>(Object.entries(commands.find((each) => each.name === name)!.options));
    for (const name of ["data", "forecast"])
      for (const [size, value] of Object.entries(DEFAULT_SIZE))
        assert.ok(optionsOf(name).get(`[--${size} N]`)!.includes(`(default ${value})`), `${name} --${size}`);
    assert.ok(optionsOf("forecast").get("[--out DIR]")!.includes(`default ${DEFAULT_OUT})`));
  });
});
