import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { tarGz } from "../../contracts/tar-gz";

/** Reads the one file of a ustar archive by the format's own rules. */
function onlyFile(archive: Buffer): { name: string; content: Buffer } {
  const tar = gunzipSync(archive);
  const name = tar.subarray(0, 100).toString("ascii").replace(/\0.*$/, "");
  const size = Number.parseInt(tar.subarray(124, 135).toString("ascii"), 8);
  const end = 512 + Math.ceil(size / 512) * 512;
  assert.ok(tar.subarray(end).every((byte) => byte === 0));
  assert.equal(tar.length - end, 1024);
  return { name, content: tar.subarray(512, 512 + size) };
}

describe("tarGz", () => {
  it("holds one file with the given content, whatever its length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (content) => {
        const { name, content: found } = onlyFile(tarGz("model", content));

        assert.equal(name, "model");
        assert.deepEqual([...found], [...content]);
      }),
      { numRuns: 50 },
    );
  });

  it("is read by tar", function () {
    const archive = tarGz("xgboost-model", Buffer.from("content"));

    const listing = execFileSync("tar", ["tvzf", "-"], {
      input: archive,
      env: { TZ: "UTC", PATH: process.env.PATH },
    });

    assert.match(listing.toString(), /^-rw-r--r-- 0\/0\s+7 1970-01-01 00:00 xgboost-model\n$/);
  });

  it("gives the same bytes every time, without time or machine in the header", () => {
    const first = tarGz("model", Buffer.from("same"));
    const second = tarGz("model", Buffer.from("same"));

    assert.deepEqual(first, second);
    assert.deepEqual([...first.subarray(4, 10)], [0, 0, 0, 0, first[8] ?? 0, 255]);
  });

  it("rejects a file name that a plain header cannot hold", () => {
    for (const name of ["", "with space", "x".repeat(101), "モデル"]) {
      assert.throws(() => tarGz(name, Buffer.alloc(0)), {
        message: `file name "${name}": allowed are 1 to 100 printable ASCII characters without spaces`,
      });
    }
  });
});
