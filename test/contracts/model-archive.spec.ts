import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { packModelArchive, unpackModelArchive } from "../../contracts/model-archive";

/** What a training job uploads: a folder as tar packs it. */
function packedByTar(files: Readonly<Record<string, string>>, ...options: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "archive-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return execFileSync("tar", ["czf", "-", ...options, "-C", folder, "."]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a model archive", () => {
  it("gives back the model that was packed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (model) => {
        assert.deepEqual([...unpackModelArchive(packModelArchive(model))], [...model]);
      }),
      { numRuns: 50 },
    );
  });

  for (const format of ["--format=ustar", "--format=gnu", "--format=posix"]) {
    it(`is read when tar wrote it with ${format}, folders and extended headers included`, () => {
      const archive = packedByTar({ "xgboost-model": "trees" }, format);

      assert.equal(unpackModelArchive(archive).toString(), "trees");
    });
  }

  it("is rejected with a second file: the container would average two models", () => {
    const archive = packedByTar({ "xgboost-model": "trees", "card.json": "{}" });

    assert.throws(() => unpackModelArchive(archive), {
      message: /^model archive holds .*card\.json.*; allowed: one file, xgboost-model$/,
    });
  });

  it("is rejected with a model in a folder, and empty", () => {
    assert.throws(() => unpackModelArchive(packedByTar({ "inner/xgboost-model": "trees" })), {
      message: "model archive holds inner/xgboost-model; allowed: one file, xgboost-model",
    });
    assert.throws(() => unpackModelArchive(packedByTar({})), {
      message: "model archive holds nothing; allowed: one file, xgboost-model",
    });
  });

  it("is rejected when it is cut off or damaged", () => {
    const archive = packModelArchive("x".repeat(5000));
    const tar = gunzipSync(archive);
    tar[0] = "y".charCodeAt(0);

    assert.throws(() => unpackModelArchive(archive.subarray(0, 3000)), /unexpected end of file/);
    assert.throws(() => unpackModelArchive(gzipSync(tar)), /no tar header at byte 0 of the archive/);
    assert.throws(() => unpackModelArchive(gzipSync(gunzipSync(archive).subarray(0, 3000))), {
      message: 'archive ends inside "xgboost-model"',
    });
  });
});
