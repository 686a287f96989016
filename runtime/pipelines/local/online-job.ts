import { copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import { writeFile } from "node:fs/promises";
import { linkFiles } from "../../engine/files/link-files";
import { replaceFolder } from "../../engine/files/replace-folder";
import { type Job, JOBS } from "../../entry/jobs";
import { filesOfRows } from "../../stores/put-online";
import type { LocalCloud } from "./local-cloud";

/** The online store of this computer: one file a block, `online/<group>/block=<nnn>.parquet`, the newest rows of its series. */
export function localJobs(cloud: LocalCloud): Readonly<Record<string, Job>> {
  return { ...JOBS, "online-features": onlineJob(cloud) };
}

function onlineJob(cloud: LocalCloud): Job {
  const options = JOBS["online-features"]!.options;
  return {
    options,
    stage: (given) => {
      const [rows, group, blocks, out] = [
        given.folder("rows"),
        given.text("group"),
        given.blocks(),
        given.output(),
      ];
      return {
        inputs: { rows },
        options: { group, blocks },
        out,
        run: async () => {
          const files = filesOfRows(rows, blocks);
          await replaceFolder(out, async (folder) => {
            for (const file of files) copyFileSync(file, join(folder, basename(file)));
            await writeFile(join(folder, "online.json"), `${JSON.stringify({ files: files.length })}\n`);
          });
          linkFiles(out, cloud.at("online", group));
          return { files: files.length };
        },
      };
    },
  };
}
