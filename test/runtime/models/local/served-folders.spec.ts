import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ServedFolders } from "../../../../runtime/models/local/served-folders";
import { temporaryFolder } from "../../support/temporary-folder";

const VERSION = "20260920-bbbbbbbb";

describe("ServedFolders", () => {
  const folder = temporaryFolder();
  let count = 0;

  function world(files: Readonly<Record<string, string>>) {
    const root = `${++count}`;
    const path = (key: string) => folder.path(`${root}/${key}`);
    for (const [key, text] of Object.entries(files)) {
      mkdirSync(dirname(path(key)), { recursive: true });
      writeFileSync(path(key), text);
    }
    const served = new ServedFolders({ champion: path("champion"), challenger: path("challenger") });
    return { path, served };
  }

  it("copies archive and card from the other variant's folder, once", async () => {
    const { path, served } = world({
      [`challenger/drinks/${VERSION}.tar.gz`]: "model",
      [`challenger/drinks/${VERSION}.card.json`]: "{}",
    });

    assert.equal(await served.provide("champion", "drinks", VERSION), "copied");
    assert.equal(await served.provide("champion", "drinks", VERSION), "kept");

    assert.equal(readFileSync(path(`champion/drinks/${VERSION}.tar.gz`), "utf8"), "model");
    assert.equal(readFileSync(path(`champion/drinks/${VERSION}.card.json`), "utf8"), "{}");
  });

  it("says of a version that nobody has where it looked, and makes nothing", async () => {
    const { path, served } = world({ [`challenger/food/${VERSION}.tar.gz`]: "of another category" });

    await assert.rejects(
      served.provide("champion", "drinks", VERSION),
      /^Error: no archive of 20260920-bbbbbbbb: neither mme\/champion\/drinks\/20260920-bbbbbbbb.tar.gz nor mme\/challenger\//,
    );
    assert.ok(!existsSync(path("champion/drinks")));
  });

  it("leaves another file under the name as it is, and refuses it", async () => {
    const { path, served } = world({
      [`challenger/drinks/${VERSION}.tar.gz`]: "model",
      [`champion/drinks/${VERSION}.tar.gz`]: "half",
    });

    await assert.rejects(served.provide("champion", "drinks", VERSION), /has 4 bytes, .* has 5/);
    assert.equal(readFileSync(path(`champion/drinks/${VERSION}.tar.gz`), "utf8"), "half");
  });
});
