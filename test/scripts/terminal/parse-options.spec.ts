import assert from "node:assert/strict";
import { UserError } from "../../../runtime/engine/files/clear-error";
import { parseOptions } from "../../../scripts/terminal/parse-options";

const OPTIONS = {
  out: { type: "string" },
  block: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
} as const;

const parse = (...argv: string[]) => parseOptions(argv, OPTIONS, "--out DIR [--block N]... [--json]");

const rejects = (argv: string[], message: string) =>
  assert.throws(
    () => parse(...argv),
    (error: Error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.message, `${message} (--out DIR [--block N]... [--json])`);
      return true;
    },
  );

describe("parseOptions", () => {
  it("gives the values by name, and the defaults of what is not given", () => {
    assert.deepEqual(
      { ...parse("--out", "a", "--block", "1", "--block", "2") },
      {
        out: "a",
        block: ["1", "2"],
        json: false,
      },
    );
  });

  it("rejects an option that it does not know, naming it", () => {
    rejects(["--uot", "a"], "Unknown option '--uot'");
  });

  it("rejects a word that belongs to no option", () => {
    rejects(["week"], "Unexpected argument 'week'");
  });

  it("rejects an option without its value, or with an empty one", () => {
    rejects(["--out"], "Option '--out <value>' argument missing");
    rejects(["--out", ""], "--out is empty");
    rejects(["--out="], "--out is empty");
    for (const next of ["--json", "-1"]) {
      const says = `--out has no value before "${next}"; a value that begins with a dash is written --out=${next}`;
      rejects(["--block", "2", "--out", next], says);
    }
  });

  it("rejects an option that is given twice, unless it may be", () => {
    rejects(["--out", "a", "--out", "b"], "--out is given twice");
    assert.deepEqual(parse("--block", "1", "--block", "1").block, ["1", "1"]);
  });

  it("rejects a value where a switch takes none", () => {
    rejects(["--json=yes"], "Option '--json' does not take an argument");
  });
});
