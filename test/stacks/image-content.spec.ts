import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageContentTag, IMAGE_SOURCES } from "../../stacks/image-content";

describe("imageContentTag", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "image-"));
    for (const source of IMAGE_SOURCES) {
      if (source.includes(".")) writeFileSync(join(root, source), source);
      else mkdirSync(join(root, source, "inside"), { recursive: true });
    }
    writeFileSync(join(root, "runtime/inside/stage.ts"), "one");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("is a tag that ECR takes, the same for the same content anywhere", () => {
    const copy = mkdtempSync(join(tmpdir(), "image-"));
    cpSync(root, copy, { recursive: true });

    assert.match(imageContentTag(root), /^[0-9a-f]{40}$/);
    assert.equal(imageContentTag(copy), imageContentTag(root));
    rmSync(copy, { recursive: true });
  });

  it("changes with what a file says, with its name, and with a new file", () => {
    const tags = [imageContentTag(root)];
    writeFileSync(join(root, "runtime/inside/stage.ts"), "two");
    tags.push(imageContentTag(root));
    writeFileSync(join(root, "runtime/inside/other.ts"), "");
    tags.push(imageContentTag(root));
    rmSync(join(root, "runtime/inside/other.ts"));
    writeFileSync(join(root, "runtime/inside/another.ts"), "");
    tags.push(imageContentTag(root));

    assert.equal(new Set(tags).size, 4);
  });

  it("stays with what the image does not hold", () => {
    const before = imageContentTag(root);
    mkdirSync(join(root, "docs"));
    writeFileSync(join(root, "docs/runbook.md"), "x");

    assert.equal(imageContentTag(root), before);
  });

  it("covers everything that the Dockerfile copies from the repository", () => {
    const copied = [
      ...readFileSync("containers/processing/Dockerfile", "utf8").matchAll(/^COPY (?!--from)(.+) \S+$/gm),
    ]
      .flatMap(([, paths = ""]) => paths.split(" "))
      .map((path) => path.replace(/^\.\//, ""));

    assert.ok(copied.length >= 5);
    assert.deepEqual(
      copied.filter((path) => !IMAGE_SOURCES.includes(path)),
      [],
    );
  });
});
