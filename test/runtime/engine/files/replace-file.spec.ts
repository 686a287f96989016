import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { replaceFile, replaceFileSync } from "../../../../runtime/engine/files/replace-file";
import { temporaryFolder } from "../../support/temporary-folder";

describe("replaceFile", () => {
  const folder = temporaryFolder();

  it("replaces the file when all of it is written, and not when writing fails", async () => {
    mkdirSync(folder.path("files"));
    const target = folder.path("files/plan.json");
    replaceFileSync(target, "first");

    const failing = replaceFile(target, (part) => {
      writeFileSync(part, "half");
      return Promise.reject(new Error("stopped"));
    });

    await assert.rejects(failing, /stopped/);
    assert.equal(readFileSync(target, "utf8"), "first");
    await replaceFile(target, (part) => Promise.resolve(writeFileSync(part, "second")));
    assert.equal(readFileSync(target, "utf8"), "second");
    assert.deepEqual(readdirSync(folder.path("files")), ["plan.json"]);
  });

  it("follows a link and leaves it a link", () => {
    writeFileSync(folder.path("real.json"), "old");
    symlinkSync("real.json", folder.path("link.json"));

    replaceFileSync(folder.path("link.json"), "new");

    assert.equal(readlinkSync(folder.path("link.json")), "real.json");
    assert.equal(readFileSync(folder.path("real.json"), "utf8"), "new");
  });

  it("writes a device as it is", () => {
    replaceFileSync("/dev/null", "nothing");

    assert.ok(!readdirSync("/dev").some((name) => name.includes("smartretail")));
    assert.throws(() => replaceFileSync("/dev/full", "nothing"), /no space left on the disk of \/dev\/full/);
  });

  it("rejects a folder and an empty name", () => {
    mkdirSync(folder.path("folder"));

    assert.throws(() => replaceFileSync(folder.path("folder"), ""), /folder is a folder; allowed/);
    assert.throws(() => replaceFileSync("", ""), /the file to write is ""/);
  });
});
