import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs, { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { markFilling, markWhole } from "../../../../runtime/engine/files/mark-folder";
import { MARKER_FILE } from "../../../../runtime/engine/files/folder-marker";
import {
  removeFilePart,
  removeInside,
  removeWorkFolder,
} from "../../../../runtime/engine/files/remove-owned";
import { OLD, PART } from "../../../../runtime/engine/files/work-names";
import { temporaryFolder } from "../../support/temporary-folder";
import { skipAs } from "../../../support/skip-without";

describe("removing what is ours", () => {
  const folder = temporaryFolder();
  let runs = 0;

  /** A user's folder with a file, and a folder of ours beside it. */
  function scene(suffix: string) {
    const room = folder.path(`room-${++runs}`);
    const users = `${room}/users`;
    const ours = `${room}/week${suffix}`;
    for (const made of [users, `${ours}/models`]) mkdirSync(made, { recursive: true });
    writeFileSync(`${users}/thesis.txt`, "mine");
    writeFileSync(`${ours}/models/model.json`, "{}");
    return { room, users, ours, isSafe: () => assert.deepEqual(readdirSync(users), ["thesis.txt"]) };
  }
  function part() {
    const made = scene(PART);
    markFilling(made.ours);
    return made;
  }
  function old() {
    const made = scene(OLD);
    markWhole(made.ours);
    return made;
  }

  it("removes a part and a replaced folder, marked ones and empty ones", () => {
    for (const { ours } of [part(), old()]) {
      removeWorkFolder(ours);
      assert.equal(existsSync(ours), false);
    }
    const empty = folder.path(`empty${PART}`);
    mkdirSync(empty);
    removeWorkFolder(empty);
    removeWorkFolder(empty);
    assert.equal(existsSync(empty), false);
  });

  it("rejects any other name, marked or not", () => {
    const { ours, room } = scene("");
    markWhole(ours);

    assert.throws(() => removeWorkFolder(ours), /week is not deleted: its name is not of this program/);
    assert.throws(() => removeWorkFolder(`${ours}${PART}/..`), /not of this program/);
    assert.throws(() => removeFilePart(`${room}/users/thesis.txt`), /not a part/);
    assert.ok(existsSync(`${ours}/models/model.json`));
  });

  it("rejects a folder of the right name that has no marker, or another program's", () => {
    const { ours } = scene(PART);

    assert.throws(() => removeWorkFolder(ours), /it has no marker of this program/);
    for (const text of ["", "{}", '{"program":"other"}', '{"program":"smartretail","format":99}']) {
      writeFileSync(`${ours}/${MARKER_FILE}`, text);
      assert.throws(() => removeWorkFolder(ours), /it has no marker of this program/);
    }
    assert.ok(existsSync(`${ours}/models/model.json`));
  });

  it("rejects a link in the place of a part, and a link in the place of a file part", () => {
    const { room, users, isSafe } = scene("");
    symlinkSync(users, `${room}/link${PART}`);
    symlinkSync(`${users}/thesis.txt`, `${room}/link${PART}-1`);
    markFilling(users);
    assert.throws(() => removeWorkFolder(`${room}/link${PART}`), /it is not a folder/);
    assert.throws(() => removeFilePart(`${room}/link${PART}-1`), /not a part/);
    fs.unlinkSync(`${users}/${MARKER_FILE}`);
    isSafe();
  });

  it("removes links inside a part without following them", () => {
    const { ours, users, isSafe } = part();
    symlinkSync(users, `${ours}/models/folder`);
    symlinkSync(`${users}/thesis.txt`, `${ours}/file`);

    removeWorkFolder(ours);

    assert.equal(existsSync(ours), false);
    isSafe();
  });

  it("keeps a replaced folder that holds somebody's file, link or other result, whole as it was", () => {
    const plant: Record<string, (ours: string, users: string) => void> = {
      "models/notes.txt": (ours) => writeFileSync(`${ours}/models/notes.txt`, "mine"),
      link: (ours, users) => symlinkSync(users, `${ours}/link`),
      backup: (ours) => {
        mkdirSync(`${ours}/backup`);
        writeFileSync(`${ours}/backup/orders.csv`, "mine");
        markWhole(`${ours}/backup`);
      },
    };
    for (const [name, put] of Object.entries(plant)) {
      const { ours, users, isSafe } = old();
      put(ours, users);

      assert.throws(
        () => removeWorkFolder(ours),
        new RegExp(`holds ${name}, which this program did not write`),
      );
      assert.ok(existsSync(`${ours}/models/model.json`));
      assert.ok(existsSync(`${ours}/${MARKER_FILE}`));
      isSafe();
    }
  });

  it("keeps a file that comes between the look and the removal", () => {
    const { ours } = old();
    const real = fs.unlinkSync;
    fs.unlinkSync = (path) => {
      if (!existsSync(`${ours}/models/late.txt`)) writeFileSync(`${ours}/models/late.txt`, "mine");
      real(path);
    };
    try {
      assert.throws(() => removeWorkFolder(ours), /ENOTEMPTY|EEXIST/);
    } finally {
      fs.unlinkSync = real;
    }

    assert.ok(existsSync(`${ours}/models/late.txt`));
  });

  it("deletes nothing else when its folder is swapped for a link meanwhile", function () {
    if (!existsSync("/proc/self/fd")) skipAs(this, "no /proc here");
    const { room, users, ours, isSafe } = part();
    mkdirSync(`${users}/models`);
    writeFileSync(`${users}/models/model.json`, "mine");
    const real = fs.unlinkSync;
    fs.unlinkSync = (path) => {
      fs.unlinkSync = real;
      renameSync(ours, `${room}/away`);
      symlinkSync(users, ours);
      real(path);
    };
    try {
      assert.throws(() => removeWorkFolder(ours), /ENOTDIR/);
    } finally {
      fs.unlinkSync = real;
    }

    assert.deepEqual(readdirSync(`${users}/models`), ["model.json"]);
    fs.rmSync(`${users}/models`, { recursive: true });
    isSafe();
  });

  it("does not cross a mount, the same disk's included", function () {
    const { ours, users, isSafe } = part();
    mkdirSync(`${ours}/inner`);
    const mounted = spawnSync("mount", ["--bind", users, `${ours}/inner`]);
    if (mounted.status !== 0) {
      skipAs(this, "no right to mount here");
    }
    try {
      assert.throws(() => removeWorkFolder(ours), /inner \(mounted from elsewhere\)/);
      assert.throws(() => removeInside(ours, "inner"), /mounted from elsewhere/);
      isSafe();
      assert.ok(existsSync(`${ours}/models/model.json`));
    } finally {
      spawnSync("umount", [`${ours}/inner`]);
    }
  });

  it("removes a file or folder inside a folder of ours by its plain name", () => {
    const { ours } = part();
    writeFileSync(`${ours}/spill`, "");

    removeInside(ours, "spill");
    removeInside(ours, "models");
    removeInside(ours, "never-there");

    assert.deepEqual(readdirSync(ours), [MARKER_FILE]);
  });

  it("rejects names that lead out, and folders that are not marked", () => {
    const { ours, users, isSafe } = part();

    for (const name of ["../users", "..", ".", "", "models/model.json", "/etc", "a\\b", "a\0b"])
      assert.throws(() => removeInside(ours, name), /is not the name of an entry/);
    assert.throws(() => removeInside(users, "thesis.txt"), /is not a folder of this program/);
    isSafe();
  });

  it("removes inside a whole folder only what its marker lists", () => {
    const { ours } = old();
    writeFileSync(`${ours}/models/notes.txt`, "mine");
    writeFileSync(`${ours}/notes.txt`, "mine");

    assert.throws(() => removeInside(ours, "notes.txt"), /did not write it/);
    assert.throws(() => removeInside(ours, "models"), /holds models\/notes\.txt/);
    assert.ok(existsSync(`${ours}/models/model.json`));
  });
});
