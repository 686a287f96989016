import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { asFileError } from "../../../../runtime/engine/duckdb/file-error";
import { findMatch } from "../../../../runtime/engine/duckdb/find-match";
import { globSafe } from "../../../../runtime/engine/duckdb/glob-safe";
import { temporaryFolder } from "../../support/temporary-folder";

describe("findMatch", () => {
  const folder = temporaryFolder();
  const noMatch = (pattern: string) =>
    new Error(`IO Error: No files found that match the pattern "${pattern}"`);
  const messageOf = (pattern: string) => {
    const error = asFileError(noMatch(pattern), "");
    return error instanceof Error ? error.message : "";
  };

  it("finds the first file of a pattern, in a folder whose name is itself full of patterns", () => {
    const lake = folder.path("it's [1] a * lake?");
    mkdirSync(`${lake}/block=001`, { recursive: true });
    mkdirSync(`${lake}/block=000`);
    writeFileSync(`${lake}/block=001/b.parquet`, "");

    assert.equal(findMatch(`${globSafe(lake)}/block=*/*.parquet`), `${lake}/block=001/b.parquet`);
    assert.equal(findMatch(`${globSafe(lake)}/block=*/*.csv`), undefined);
    assert.equal(findMatch(`${globSafe(lake)}/block=00?/b.parquet`), `${lake}/block=001/b.parquet`);
    assert.equal(findMatch(`${globSafe(folder.path("absent"))}/*/*.parquet`), undefined);
  });

  it("tells a file that is not there from one that was not seen for want of file handles", () => {
    const lake = folder.path("seen");
    mkdirSync(lake);

    assert.equal(messageOf(`${lake}/*.parquet`), `${lake}/*.parquet: there is no such file`);

    writeFileSync(`${lake}/a.parquet`, "");
    assert.equal(messageOf(`${lake}/*.parquet`), `${lake}/a.parquet was not found: too many open files`);
  });
});
