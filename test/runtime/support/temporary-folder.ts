import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own for one describe block; removed after it. */
export function temporaryFolder(): { readonly path: (name: string) => string } {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "smartretail-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return { path: (name) => join(folder, name) };
}
