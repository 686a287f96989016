import { join } from "node:path";
import { replaceFolder } from "../../runtime/engine/files/replace-folder";
import { isoDate } from "../../forecasting/calendar/day";
import { worldDays } from "../../forecasting/generator/options";
import { print } from "../terminal/print";
import { follow } from "./follow";
import { tellState } from "./state-lines";
import { deliverDay, openLocalAccount } from "./local-account";

/** Seconds, not minutes: enough rows for trees, and enough store x days for the gate to judge by. */
const SMALL_CHAIN = { stores: 10, skus: 40, days: 120, seed: 7 } as const;
const FOLDER = join(".smartretail", "machines");

/** A week and the two nights after it by the machines that run in AWS, in an account of their own. @returns the exit code */
export async function showMachines(): Promise<number> {
  return replaceFolder(FOLDER, async (account) => {
    const runs = await openLocalAccount({ account, world: SMALL_CHAIN, deliveredDays: 1 });
    const last = worldDays(SMALL_CHAIN).cutoff;
    for (const [kind, runDate] of [
      ["weekly", last],
      ["nightly", last],
      // The second night is the first one that can look back.
      ["nightly", last + 1],
    ] as const) {
      if (runDate > last) await deliverDay(account, SMALL_CHAIN, last);
      const run = await runs.start(kind, isoDate(runDate));
      tellState(run);
      const { code, lines } = await follow(runs, run, tellState);
      print(...lines);
      if (code !== 0) return code;
    }
    return 0;
  });
}
