/** `npm run serve`: the API over what a forecast week has left on this machine; options in commands.json. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { API_VERSION } from "../contracts/api";
import { dayNumber } from "../forecasting/calendar/day";
import { type LocalApi, openLocalApi } from "../runtime/api/local-api";
import { logError, logLine } from "../runtime/api/log";
import { nodeServer } from "../runtime/api/node-server";
import { UserError } from "../runtime/engine/files/clear-error";
import { buildPage } from "./build-page";
import { JournalSplits } from "../runtime/experiment/journal";
import { JournalFolder } from "../runtime/experiment/local/journal-folder";
import { openAccountApi } from "../runtime/pipelines/local/account-api";
import { LocalCloud } from "../runtime/pipelines/local/local-cloud";
import { DEFAULT_OUT } from "./forecast-options";
import { parseOptions } from "./terminal/parse-options";
import { print } from "./terminal/print";
import { runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const USAGE = usageOf("serve");

const OPTIONS = {
  week: { type: "string" },
  account: { type: "string" },
  port: { type: "string" },
  today: { type: "string" },
} as const;

/** Serves until it is stopped. */
export async function main(argv: readonly string[]): Promise<number> {
  const { week, account, port = "8080", today } = parseOptions(argv, OPTIONS, USAGE);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new UserError(`--port is "${port}": 0 to 65535 is allowed (${USAGE})`);
  }
  if (today !== undefined) checkDay(today);
  if (account !== undefined && week !== undefined) throw new UserError(`--week or --account (${USAGE})`);
  const api = await (account === undefined
    ? openWeek(week ?? DEFAULT_OUT, today)
    : openAccount(account, today));
  const page = await buildPage();
  const server = nodeServer(api.dispatch, { serveFile: (path) => page.get(path) });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new UserError(`port ${port} cannot be used: ${error.message}`)));
    server.listen(Number(port), "127.0.0.1", resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : port}`;
  print(
    `${url}/?store=${api.stores[0]}  the ordering page of ${api.today}; stores: ${api.stores.slice(0, 5).join(", ")}`,
  );
  print(`${url}/${API_VERSION}/health  the API; Ctrl-C ends it`);
  return new Promise(() => undefined);
}

/** What `npm run forecast` has left. */
function openWeek(week: string, today: string | undefined): Promise<LocalApi> {
  if (!existsSync(join(week, "serving"))) {
    throw new UserError(`${week} is no forecast week: npm run forecast makes one (${USAGE})`);
  }
  const confirmed = join(dirname(week), "confirmed");
  const splits = new JournalSplits(new JournalFolder(join(dirname(week), "experiments")));
  return openLocalApi({ week, confirmed, today, splits, log: logLine, onError: logError });
}

/** What the machines have published: `npm run pipeline`. */
function openAccount(account: string, today: string | undefined): Promise<LocalApi> {
  const cloud = new LocalCloud(account);
  if (!existsSync(cloud.at("online"))) {
    throw new UserError(`${account} has no night: npm run pipeline -- nightly makes one (${USAGE})`);
  }
  return openAccountApi(cloud, { today, log: logLine, onError: logError });
}

function checkDay(day: string): void {
  try {
    dayNumber(day);
  } catch (error) {
    throw new UserError(`--today: ${error instanceof Error ? error.message : String(error)}`);
  }
}

if (require.main === module) runCommand(main);
