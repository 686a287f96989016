import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunction } from "../../components/function-bundle";

describe("bundleFunction", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "bundle-"));
    writeFileSync(join(folder, "answer.ts"), "export const answer: number = 42;\n");
    writeFileSync(
      join(folder, "main.ts"),
      'import { answer } from "./answer";\nexport const handler = () => answer;\n',
    );
  });
  after(() => rmSync(folder, { recursive: true }));

  it("gives one CommonJS file that exports the handler, and writes nothing", async () => {
    const bundle = await bundleFunction(join(folder, "main.ts"));

    const module = { exports: {} as { handler?: () => number } };
    new Function("module", "exports", bundle.toString("utf8"))(module, module.exports);
    assert.equal(module.exports.handler?.(), 42);
    assert.deepEqual(readdirSync(folder).sort(), ["answer.ts", "main.ts"]);
  });

  it("is made once a process", async () => {
    assert.equal(
      await bundleFunction(join(folder, "main.ts")),
      await bundleFunction(join(folder, "main.ts")),
    );
  });

  it("fails with the file for what cannot be bundled", async () => {
    await assert.rejects(bundleFunction(join(folder, "missing.ts")), /missing\.ts/);
  });
});
