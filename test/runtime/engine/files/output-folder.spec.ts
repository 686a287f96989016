import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertApart } from "../../../../runtime/engine/files/assert-apart";
import { checkOutputFolder } from "../../../../runtime/engine/files/output-folder";
import { PART } from "../../../../runtime/engine/files/work-names";
import { temporaryFolder } from "../../support/temporary-folder";

describe("checkOutputFolder", () => {
  const folder = temporaryFolder();

  it("gives the absolute path of a folder that is absent or empty", () => {
    mkdirSync(folder.path("empty"));

    assert.equal(checkOutputFolder(`${folder.path("empty")}/`), folder.path("empty"));
    assert.equal(checkOutputFolder(`${folder.path("not/yet/there")}/./`), folder.path("not/yet/there"));
    assert.equal(checkOutputFolder("never-there"), join(process.cwd(), "never-there"));
  });

  it("rejects what is no name of a folder", () => {
    const rejections: Record<string, RegExp> = {
      "": /output folder is "": that is no name/,
      " ": /that is no name/,
      "/": /it cannot be replaced/,
      ".": /the folder that you are in/,
      "..": /the folder that you are in/,
      "a\\b": /a backslash/,
      "a\0b": /NUL/,
      [`/tmp/${"x".repeat(250)}`]: /too long/,
    };
    for (const [target, message] of Object.entries(rejections))
      assert.throws(() => checkOutputFolder(target), message);
  });

  it("rejects a file, a link, and a name below a file", () => {
    writeFileSync(folder.path("file"), "mine");
    mkdirSync(folder.path("real"));
    symlinkSync(folder.path("real"), folder.path("link"));

    assert.throws(() => checkOutputFolder(folder.path("file")), /file is a file: nothing was changed/);
    assert.throws(() => checkOutputFolder(folder.path("link")), /link is a link: nothing was changed/);
    assert.throws(() => checkOutputFolder(folder.path("file/week")), /cannot be made: .*file is a file/);
  });

  it("rejects when somebody's folder stands where the part would be", () => {
    mkdirSync(folder.path(`week${PART}`));
    writeFileSync(folder.path(`week${PART}/thesis.txt`), "mine");

    assert.throws(() => checkOutputFolder(folder.path("week")), /-part holds thesis\.txt, .*: move it/);
  });
});

describe("assertApart", () => {
  const folder = temporaryFolder();
  const data = () => ({ name: "--data", path: folder.path("data") });
  const out = (path: string) => [{ name: "--out", path: folder.path(path) }];
  before(() => {
    mkdirSync(folder.path("data/inner"), { recursive: true });
    writeFileSync(folder.path("data/pos.csv"), "");
    symlinkSync(folder.path("data"), folder.path("link"));
  });

  it("accepts folders side by side, and a file of a folder beside the output", () => {
    assertApart([data()], out("week"));
    assertApart([data()], out("data-week"));
    assertApart([{ name: "--data", path: folder.path("data/pos.csv") }], out("data/week"));
  });

  it("rejects the same folder, one inside and one around, whatever it is called", () => {
    const lines: Record<string, RegExp> = {
      data: /--out .* is --data/,
      "data/": /is --data/,
      link: /is --data/,
      "data/inner/week": /lies in --data/,
      "link/not/yet": /lies in --data/,
      ".": /contains --data/,
    };
    for (const [path, message] of Object.entries(lines))
      assert.throws(() => assertApart([data()], out(path)), message, path);
  });

  it("rejects outputs that contain one another", () => {
    assert.throws(
      () => assertApart([], [...out("week"), { name: "--quarantine", path: folder.path("week/rows.csv") }]),
      /--quarantine .* lies in --out/,
    );
  });
});
