import { join } from "node:path";
import { replaceFolder } from "../../runtime/engine/files/replace-folder";
import { follow } from "./follow";
import { openLocalAccount } from "./local-account";

/** Seconds, not minutes: enough rows for trees in the larger categories. */
const SMALL_CHAIN = { stores: 4, skus: 60, days: 130, seed: 7 } as const;
const FOLDER = join(".smartretail", "machines");

/** A week and the night after it by the machines that run in AWS, in an account of their own. @returns the exit code */
export async function showMachines(): Promise<number> {
  return replaceFolder(FOLDER, async (account) => {
    const runs = await openLocalAccount({ account, world: SMALL_CHAIN });
    for (const kind of ["weekly", "nightly"] as const) {
      const code = await follow(runs, await runs.start(kind, undefined));
      if (code !== 0) return code;
    }
    return 0;
  });
}
