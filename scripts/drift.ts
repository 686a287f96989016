/** `npm run drift -- --replay exercise-7-1`: replays a known case from generated data to its decisions. */
import { exercise71 } from "../forecasting/replay/exercise-7-1";
import { exercise72 } from "../forecasting/replay/exercise-7-2";
import type { HostingPrices } from "../forecasting/serving/hosting-advisor";
import { instancePriceKey } from "../policies/cost/pricing/price-table";
import { TOKYO } from "../policies/cost/pricing/tokyo";
import { UserError } from "../runtime/engine/files/clear-error";
import { checkOutputFile, replaceFileSync } from "../runtime/engine/files/replace-file";
import { exercise71Lines } from "./drift/exercise-7-1-report";
import { exercise72Lines } from "./drift/exercise-7-2-report";
import { hostingCurvePicture } from "./drift/hosting-curve-picture";
import { type Colour, colour, wantsColour } from "./terminal/colour";
import { parseOptions } from "./terminal/parse-options";
import { print } from "./terminal/print";
import { runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const USAGE = usageOf("drift");

const OPTIONS = {
  replay: { type: "string" },
  json: { type: "boolean", default: false },
  picture: { type: "string" },
} as const;

interface Replayed {
  readonly json: object;
  readonly lines: (colours: Colour) => readonly string[];
  /** SVG of what the replay has a curve of. */
  readonly picture?: () => string;
}

const REPLAYS: Readonly<Record<string, () => Replayed>> = {
  "exercise-7-1": () => {
    const exercise = exercise71();
    return { json: exercise, lines: (colours) => exercise71Lines(exercise, colours) };
  },
  "exercise-7-2": () => {
    const exercise = exercise72(hostingPrices());
    return {
      json: exercise,
      lines: (colours) => exercise72Lines(exercise, colours),
      picture: () => hostingCurvePicture(exercise),
    };
  },
};

/** Tokyo's, dated in the price table. */
export function hostingPrices(): HostingPrices {
  const usd = (key: string) => {
    const price = TOKYO.prices[key];
    if (price === undefined) throw new Error(`the price table has no "${key}"`);
    return price.usd;
  };
  return {
    serverlessGbSecond: usd("serverless-inference"),
    provisionedGbSecond: usd("serverless-inference"),
    keptWarmGbSecond: usd("serverless-inference-provisioned"),
    // The type that prod hosts on; a spec holds the two together.
    instanceHour: usd(instancePriceKey("ml.m5.large")),
  };
}

/** @returns the exit code; what goes wrong is thrown */
export async function main(argv: readonly string[]): Promise<number> {
  const { replay, json, picture } = parseOptions(argv, OPTIONS, USAGE);
  const names = Object.keys(REPLAYS).join(", ");
  if (replay === undefined) throw new UserError(`--replay is missing: ${names} are there (${USAGE})`);
  const run = REPLAYS[replay];
  if (run === undefined) throw new UserError(`--replay is "${replay}"; allowed: ${names} (${USAGE})`);
  if (picture !== undefined && json)
    throw new UserError(`--picture is drawn instead of what is told: leave out --json (${USAGE})`);
  if (picture !== undefined) checkOutputFile(picture);
  const replayed = run();
  if (picture !== undefined) {
    if (replayed.picture === undefined)
      throw new UserError(`--picture: ${replay} has none; exercise-7-2 has (${USAGE})`);
    replaceFileSync(picture, replayed.picture());
    print(`${picture}: cost of each way to host over traffic`);
    return 0;
  }
  if (json) print(JSON.stringify(replayed.json, undefined, 2));
  else print(...replayed.lines(colour(wantsColour(process.stdout))));
  return 0;
}

if (require.main === module) runCommand(main);
