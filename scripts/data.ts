/**
 * `npm run data -- generate|init|ingest`: the first steps of a forecast alone. Generates the files of a chain, writes how
 * your own files are to be read, or makes a lake of them; options in commands.json.
 */
import { join, normalize } from "node:path";
import { assertApart } from "../runtime/engine/files/assert-apart";
import { UserError } from "../runtime/engine/files/clear-error";
import { checkOutputFolder } from "../runtime/engine/files/output-folder";
import { workNames } from "../runtime/engine/files/work-names";
import { checkInput } from "../runtime/ingest/check-input";
import { configFor } from "../runtime/ingest/config-file";
import { canBeAddedTo, readState } from "../runtime/ingest/ingest-state";
import { initConfig } from "../runtime/ingest/suggest-config";
import { generateStage, ingestStage } from "../runtime/pipelines/data-stages";
import { reconcile } from "../runtime/pipelines/reconcile";
import { Steps } from "../runtime/pipelines/steps";
import { drawnSteps } from "./drawn-steps";
import { checkData, checkSizes, DEFAULT_SIZE, sizesOf } from "./forecast-options";
import { colour, wantsColour } from "./terminal/colour";
import { parseOptions } from "./terminal/parse-options";
import { print } from "./terminal/print";
import { runCommand } from "./terminal/run-command";
import { table } from "./terminal/table";
import { todayAt } from "./today-at";
import { usageOf } from "./usage-of";

const USAGE = usageOf("data");

const OPTIONS = {
  data: { type: "string" },
  config: { type: "string" },
  add: { type: "boolean", default: false },
  stores: { type: "string" },
  skus: { type: "string" },
  days: { type: "string" },
  seed: { type: "string" },
  unsteady: { type: "boolean", default: false },
  "till-faults": { type: "boolean", default: false },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

type Given = ReturnType<typeof parseOptions<typeof OPTIONS>>;

/** What each action takes of the options above. */
const ACTIONS = {
  generate: {
    run: generate,
    takes: ["stores", "skus", "days", "seed", "unsteady", "till-faults", "out", "json"],
  },
  init: { run: init, takes: ["data"] },
  ingest: { run: ingestData, takes: ["data", "config", "add", "out", "json"] },
} as const satisfies Record<
  string,
  { run: (given: Given) => Promise<void>; takes: readonly (keyof typeof OPTIONS)[] }
>;

/** @returns the exit code; what goes wrong is thrown */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = "", ...rest] = argv;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name as keyof typeof ACTIONS] : undefined;
  if (action === undefined)
    throw new UserError(`"${name}" is no action; allowed: ${Object.keys(ACTIONS).join(", ")} (${USAGE})`);
  const given = parseOptions(rest, OPTIONS, USAGE);
  const takes: readonly string[] = action.takes;
  for (const [option, value] of Object.entries(given))
    if (value !== undefined && value !== false && !takes.includes(option))
      throw new UserError(
        `--${option} is not for ${name}; allowed: ${takes.map((each) => `--${each}`).join(", ")} (${USAGE})`,
      );
  await action.run(given);
  return 0;
}

async function generate({
  out = join(".smartretail", "data"),
  unsteady,
  "till-faults": tillFaults,
  json,
  ...texts
}: Given) {
  const sizes = { ...DEFAULT_SIZE, ...sizesOf(texts) };
  checkSizes(sizes);
  const folder = normalize(`${out}/.`);
  checkOutputFolder(folder);
  const files = await new Steps(drawnSteps(json)).run(
    generateStage({ ...sizes, unsteady, tillFaults }, folder),
  );
  if (json) return print(JSON.stringify({ folder, ...sizes, unsteady, tillFaults, ...files }, undefined, 2));
  const rows = [
    ["receipt lines", files.lineCount],
    ["of them written twice", files.repeatedCount],
    ["of them damaged", files.damagedCount],
    ["of them returns", files.returnCount],
    ["of them in full-width digits", files.fullWidthCount],
    ["units that count", files.unitCount],
  ] as const;
  print(
    ...countTable(rows),
    `files: ${folder}`,
    `npm run data -- ingest --data ${folder} makes a lake of them`,
  );
}

/** As npm run forecast -- --init does, which knows both words. */
async function init({ data }: Given): Promise<void> {
  print(await initConfig(dataOf(data), todayAt(undefined)));
}

async function ingestData({ data, config: file, add, out = join(".smartretail", "lake"), json }: Given) {
  const input = dataOf(data);
  const lake = normalize(`${out}/.`);
  assertApart([{ name: "--data", path: input }], [{ name: "--out", path: lake }]);
  checkOutputFolder(lake);
  if (add && !canBeAddedTo(lake))
    throw new UserError(`--add: ${lake} holds no lake that could be added to; run without --add first`);
  const config = await configFor(input, file, add ? (await readState(lake)).config : undefined);
  await checkInput(input, config);
  const stage = ingestStage(
    {
      ...DEFAULT_SIZE,
      data: input,
      config,
      ...(add ? { addTo: lake } : {}),
      today: todayAt(config.timeZone),
      rejected: workNames.rejected(lake),
    },
    input,
    lake,
  );
  const report = await new Steps(drawnSteps(json)).run(stage);
  if (json) return print(JSON.stringify({ folder: lake, ...report }, undefined, 2));
  const { lines, warnings } = reconcile(report);
  const { dim } = colour(wantsColour(process.stdout));
  print(...countTable(lines.map(({ what, count }) => [what, count])));
  print(...warnings.map((warning) => dim(`note: ${warning}`)));
  print(`lake: ${lake}, ${report.summary.firstDay} to ${report.summary.cutoff}`);
}

function dataOf(data: string | undefined): string {
  if (data === undefined)
    throw new UserError(`--data is missing: a folder with files of sales, or one such file (${USAGE})`);
  checkData(data);
  return data;
}

const countTable = (rows: readonly (readonly [what: string, count: number])[]) =>
  table(
    [{ title: "what" }, { title: "count", align: "right" }],
    rows.map(([what, count]) => [what, count.toLocaleString("en")]),
  );

if (require.main === module) runCommand(main);
