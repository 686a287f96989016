/** `npm run drift -- --replay exercise-7-1`: replays a known case from generated data to its decisions. */
import { exercise71 } from "../forecasting/replay/exercise-7-1";
import { UserError } from "../runtime/engine/files/clear-error";
import { exercise71Lines } from "./drift/exercise-7-1-report";
import { type Colour, colour, wantsColour } from "./terminal/colour";
import { parseOptions } from "./terminal/parse-options";
import { print } from "./terminal/print";
import { runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const USAGE = usageOf("drift");

const OPTIONS = {
  replay: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

interface Replayed {
  readonly json: object;
  readonly lines: (colours: Colour) => readonly string[];
}

const REPLAYS: Readonly<Record<string, () => Replayed>> = {
  "exercise-7-1": () => {
    const exercise = exercise71();
    return { json: exercise, lines: (colours) => exercise71Lines(exercise, colours) };
  },
};

/** @returns the exit code; what goes wrong is thrown */
export function main(argv: readonly string[]): number {
  const { replay, json } = parseOptions(argv, OPTIONS, USAGE);
  const names = Object.keys(REPLAYS).join(", ");
  if (replay === undefined) throw new UserError(`--replay is missing: ${names} are there (${USAGE})`);
  const run = REPLAYS[replay];
  if (run === undefined) throw new UserError(`--replay is "${replay}"; allowed: ${names} (${USAGE})`);
  const replayed = run();
  if (json) print(JSON.stringify(replayed.json, undefined, 2));
  else print(...replayed.lines(colour(wantsColour(process.stdout))));
  return 0;
}

if (require.main === module) runCommand(main);
