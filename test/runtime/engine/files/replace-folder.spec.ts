import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { MARKER_FILE, readMarker } from "../../../../runtime/engine/files/folder-marker";
import { addFile } from "../../../../runtime/engine/files/mark-folder";
import { replaceFolder } from "../../../../runtime/engine/files/replace-folder";
import { abandonWork } from "../../../../runtime/engine/files/work-in-progress";
import { temporaryFolder } from "../../support/temporary-folder";

describe("replaceFolder", () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string) => (part: string) => {
    writeFileSync(`${part}/${name}`, text);
    return Promise.resolve(text);
  };
  const neverFill = () => Promise.reject(new Error("work has begun"));
  const namesIn = (target: string) => readdirSync(target).filter((name) => name !== MARKER_FILE);

  it("replaces a folder of its own by what was filled, and leaves nothing beside it", async () => {
    const target = folder.path("replaced/lake");
    await replaceFolder(target, write("old", "old"));

    const result = await replaceFolder(target, write("new", "new"));

    assert.equal(result, "new");
    assert.deepEqual(namesIn(target), ["new"]);
    assert.deepEqual(readdirSync(dirname(target)), ["lake"]);
    assert.deepEqual(readMarker(target)?.files, ["new"]);
  });

  it("fills a folder that is empty, and takes a name with slashes at its end", async () => {
    const target = folder.path("empty/lake");
    mkdirSync(target, { recursive: true });

    await replaceFolder(`${target}//`, write("new", "new"));

    assert.deepEqual(namesIn(target), ["new"]);
    assert.deepEqual(readdirSync(dirname(target)), ["lake"]);
  });

  it("keeps the old folder and removes the new one when filling fails", async () => {
    const target = folder.path("kept/lake");
    await replaceFolder(target, write("old", "old"));

    const failing = replaceFolder(target, async (part) => {
      await write("half", "half")(part);
      throw new Error("stopped");
    });

    await assert.rejects(failing, /^Error: stopped$/);
    assert.equal(readFileSync(`${target}/old`, "utf8"), "old");
    assert.deepEqual(readdirSync(dirname(target)), ["lake"]);
  });

  it("rejects a folder with other files before any work, naming a few of them", async () => {
    const target = folder.path("photos");
    mkdirSync(target);
    for (const name of ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"]) writeFileSync(`${target}/${name}`, "");

    await assert.rejects(
      replaceFolder(target, neverFill),
      /photos holds a\.jpg, b\.jpg, c\.jpg and 2 more, which this program did not write/,
    );
    assert.equal(readdirSync(target).length, 5);
  });

  it("rejects a result into which somebody has put a file, at any depth, or a link", async () => {
    const target = folder.path("visited");
    await replaceFolder(target, (part) => {
      mkdirSync(`${part}/models/drinks`, { recursive: true });
      return write("models/drinks/model.json", "{}")(part);
    });

    writeFileSync(`${target}/models/drinks/notes.txt`, "mine");
    await assert.rejects(replaceFolder(target, neverFill), /visited holds models\/drinks\/notes\.txt, which/);
    symlinkSync("/etc", `${target}/models/etc`);
    await assert.rejects(replaceFolder(target, neverFill), /models\/etc/);
    assert.equal(readFileSync(`${target}/models/drinks/notes.txt`, "utf8"), "mine");
  });

  it("keeps a file that comes during the run, and the old result with it", async () => {
    const target = folder.path("during");
    await replaceFolder(target, write("old", "old"));

    const failing = replaceFolder(target, async (part) => {
      writeFileSync(`${target}/notes.txt`, "mine");
      await write("new", "new")(part);
    });

    await assert.rejects(failing, /holds notes\.txt/);
    assert.deepEqual(namesIn(target).sort(), ["notes.txt", "old"]);
  });

  it("takes what a desktop leaves in a folder for nothing", async () => {
    const target = folder.path("desktop");
    await replaceFolder(target, write("old", "old"));
    writeFileSync(`${target}/.DS_Store`, "");

    await replaceFolder(target, write("new", "new"));

    assert.deepEqual(namesIn(target), ["new"]);
  });

  it("lets a folder inside be replaced by itself, and a new one be added", async () => {
    const target = folder.path("stages");
    await replaceFolder(target, (part) => replaceFolder(`${part}/lake`, write("one", "1")));
    await replaceFolder(`${target}/lake`, write("two", "2"));
    await replaceFolder(`${target}/models/drinks`, write("three", "3"));

    await replaceFolder(target, write("four", "4"));

    assert.deepEqual(namesIn(target), ["four"]);
  });

  it("takes files that are added to a folder inside a part, or to a whole one by addFile, for its own", async () => {
    const target = folder.path("added");
    await replaceFolder(target, async (part) => {
      await replaceFolder(`${part}/lake`, write("rows", "1"));
      await write("lake/late.json", "2")(part);
    });
    addFile(target, "stage.json", "{}");
    addFile(`${target}/lake`, "stage.json", "{}");
    writeFileSync(`${target}/notes.txt`, "mine");
    assert.throws(() => addFile(target, "notes.txt", "ours"), /notes\.txt was not written by this program/);
    await assert.rejects(replaceFolder(target, neverFill), /added holds notes\.txt, which/);
    rmSync(`${target}/notes.txt`);

    await replaceFolder(target, write("new", "new"));

    assert.deepEqual(namesIn(target), ["new"]);
  });

  it("gives a part that was left to the next run, where it resumes", async () => {
    const target = folder.path("resumed");
    const failing = replaceFolder(
      target,
      async (part) => {
        await write("first", "1")(part);
        throw new Error("stopped");
      },
      { resumes: true },
    );
    await assert.rejects(failing, /stopped/);
    assert.equal(existsSync(target), false);

    await replaceFolder(target, write("second", "2"), { resumes: true });

    assert.deepEqual(namesIn(target), ["first", "second"]);
  });

  it("takes a part whose first marker was being written when its process was killed for its own", async () => {
    for (const resumes of [false, true]) {
      const target = folder.path(`unmarked-${resumes}/lake`);
      mkdirSync(`${target}.smartretail-part`, { recursive: true });
      writeFileSync(`${target}.smartretail-part/${MARKER_FILE}.smartretail-part-4711`, '{"prog');

      await replaceFolder(target, write("new", "new"), { resumes });

      assert.deepEqual(namesIn(target), ["new"]);
      assert.deepEqual(readdirSync(dirname(target)), ["lake"]);
    }
  });

  it("rejects a part without a marker that holds anything else", async () => {
    const target = folder.path("foreign-part/lake");
    mkdirSync(`${target}.smartretail-part`, { recursive: true });
    for (const name of [`${MARKER_FILE}.smartretail-part-4711x`, "thesis.docx.smartretail-part-4711"]) {
      writeFileSync(`${target}.smartretail-part/${name}`, "mine");

      await assert.rejects(replaceFolder(target, neverFill), /which this program did not write/);

      assert.equal(readFileSync(`${target}.smartretail-part/${name}`, "utf8"), "mine");
      rmSync(`${target}.smartretail-part/${name}`);
    }
  });

  it("leaves nothing when the process is told to end in the middle", async () => {
    const target = folder.path("ended/lake");
    await replaceFolder(target, write("old", "old"));

    const ended = replaceFolder(target, async (part) => {
      await write("half", "half")(part);
      abandonWork();
      assert.deepEqual(readdirSync(dirname(target)), ["lake"]);
      throw new Error("ended");
    });

    await assert.rejects(ended, /ended/);
    assert.deepEqual(namesIn(target), ["old"]);
  });

  it("says in one line that the disk is full, whoever noticed it", async () => {
    const target = folder.path("full/lake");
    const faults = [
      Object.assign(new Error("write failed"), { code: "ENOSPC" }),
      new Error('IO Error: Could not write file "x": No space left on device'),
    ];

    for (const fault of faults) {
      await assert.rejects(
        replaceFolder(target, () => Promise.reject(fault)),
        /^UserError: no space left on the disk of .*: free some or choose another folder/,
      );
      assert.equal(existsSync(target), false);
    }
  });

  it("says where the finished stages are that a full disk has stopped, and the next run takes them", async () => {
    const target = folder.path("full-later/lake");
    const full = () => Promise.reject(Object.assign(new Error("write failed"), { code: "ENOSPC" }));
    const stopped = replaceFolder(
      target,
      async (part) => {
        await replaceFolder(`${part}/first`, write("rows", "1"));
        await replaceFolder(`${part}/second`, full);
      },
      { resumes: true },
    );

    await assert.rejects(stopped, (error: Error) => {
      assert.match(error.message, /^no space left on the disk of \S+\/lake: free some and run it again/);
      assert.match(error.message, /goes on with what is in \S+\/lake\.smartretail-part;/);
      assert.doesNotMatch(error.message, /nothing was written/);
      return true;
    });
    assert.deepEqual(namesIn(`${target}.smartretail-part`), ["first"]);

    await replaceFolder(target, write("second", "2"), { resumes: true });

    assert.deepEqual(namesIn(target), ["first", "second"]);
    assert.deepEqual(readdirSync(dirname(target)), ["lake"]);
  });

  it("leaves nothing of a run whose first stage has filled the disk", async () => {
    const target = folder.path("full-at-once/lake");
    const full = () => Promise.reject(Object.assign(new Error("write failed"), { code: "ENOSPC" }));

    const stopped = replaceFolder(target, (part) => replaceFolder(`${part}/first`, full), { resumes: true });

    await assert.rejects(stopped, /choose another folder; nothing was written$/);
    assert.deepEqual(readdirSync(dirname(target)), []);
  });
});
