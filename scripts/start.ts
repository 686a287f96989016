/**
 * `npm start`: the whole platform without an AWS account. Plans every environment, prices them, holds both policy packs
 * over them, and runs a forecast week from data to orders. Options are those of `npm run forecast`, and `--plan-only`.
 */
import { planEnvironment, type Plan } from "../preview/plan-environment";
import type { PackReport } from "../preview/policies/evaluate-pack";
import { stackNames } from "../preview/stack-config";
import { estimateEnvironment } from "./cost/estimate-environment";
import { UserError } from "../runtime/engine/files/clear-error";
import { checkInput } from "../runtime/ingest/check-input";
import { DEFAULT_OUT, forecastArguments } from "./forecast-options";
import { dataConfig, main as forecastWeek } from "./forecast-week";
import { showMachines } from "./pipeline/show-machines";
import { planOverview } from "./plan-overview";
import { checkPolicies, hasMandatoryViolation } from "./policy-check";
import { policyReport } from "./policy-report";
import { colour, wantsColour, type Colour } from "./terminal/colour";
import { print } from "./terminal/print";
import { startProgress } from "./terminal/progress";
import { runCommand } from "./terminal/run-command";
import { table } from "./terminal/table";

const ROOT = `${__dirname}/..`;
const DEFAULT_WIDTH = 120;

interface Environment {
  readonly plan: Plan;
  readonly minimumUsd: number;
  readonly maximumUsd: number;
  readonly reports: readonly PackReport[];
}

/** @returns the exit code: 1 when a plan, a policy or the forecast week fails */
export async function main(argv: readonly string[]): Promise<number> {
  const paint = colour(wantsColour(process.stdout));
  const { planOnly, forecastOptions } = await checkedOptions(argv);
  const environments = await examineAll();

  const width = Math.max(80, process.stdout.columns ?? DEFAULT_WIDTH);
  for (const { plan } of environments) print("", ...planOverview(plan, { colour: paint, width }));
  for (const { plan, reports } of environments) printFindings(plan.stack, reports, paint);
  print("", ...summary(environments, paint));
  print(paint.dim("npm run plan | cost | policies -- --stack prod shows one of them in full."), "");
  const violated = environments.some(({ reports }) => reports.some(hasMandatoryViolation));
  if (planOnly) return violated ? 1 : 0;

  print(paint.bold("A forecast week, end to end"));
  const code = await forecastWeek(forecastOptions);
  print("", paint.bold("The weekly and the nightly state machine, on a small chain"));
  const machines = await showMachines();
  const end = violated ? 1 : code || machines;
  const { out = DEFAULT_OUT, json } = forecastArguments(forecastOptions, "start");
  if (end === 0 && !json) print("", ...whatThereIsNow(out, paint));
  return end;
}

/** Where to look, and what to try next. */
function whatThereIsNow(folder: string, { bold, dim }: Colour): string[] {
  const served = folder === DEFAULT_OUT ? "" : ` -- --week ${folder}`;
  const places = [
    [`${folder}/report.html`, "accuracy, stock-outs and waste, orders, drift: open it in a browser"],
    [`${folder}/orders.csv`, "this morning's orders, a line per store and item"],
    [`npm run serve${served}`, "the API and the ordering page on this forecast"],
    ["npm run forecast -- --data FOLDER", "the same of your own sales; docs/your-data.md"],
    ["npm run plan -- --stack prod", "an environment in full; also npm run cost, policies, outputs"],
  ] as const;
  const width = Math.max(...places.map(([place]) => place.length));
  return [
    bold("What there is now"),
    ...places.map(([place, what]) => `  ${place.padEnd(width)}  ${dim(what)}`),
  ];
}

/** The forecast's options and the data are checked before the plan: a mistyped folder must not cost a minute. */
async function checkedOptions(
  argv: readonly string[],
): Promise<{ planOnly: boolean; forecastOptions: string[] }> {
  const forecastOptions = argv.filter((argument) => argument !== "--plan-only");
  const planOnly = forecastOptions.length < argv.length;
  if (argv.length - forecastOptions.length > 1) throw new UserError("--plan-only is given twice");
  const [first] = forecastOptions;
  if (planOnly && first !== undefined)
    throw new UserError(`--plan-only forecasts nothing: ${first} has no use with it`);
  if (planOnly) return { planOnly, forecastOptions };
  const given = forecastArguments(forecastOptions, "start");
  const { data, init } = given;
  if (init)
    throw new UserError("--init plans nothing: npm run forecast -- --data DIR --init writes the file");
  if (data !== undefined) await checkInput(data, await dataConfig(given));
  return { planOnly, forecastOptions };
}

/** One after another: the SDK's runtime is one per process. */
async function examineAll(): Promise<Environment[]> {
  const environments: Environment[] = [];
  for (const stack of stackNames(ROOT)) {
    const progress = startProgress(`plan ${stack}`);
    const plan = await planEnvironment(stack);
    progress.update("prices");
    const { minimumUsd, maximumUsd } = estimateEnvironment(plan);
    progress.update("policies");
    const reports = await checkPolicies(plan);
    progress.done(`${plan.recording.resources.length} registrations planned, priced and checked`);
    environments.push({ plan, minimumUsd, maximumUsd, reports });
  }
  return environments;
}

function printFindings(stack: string, reports: readonly PackReport[], paint: Colour): void {
  const open = reports.some(({ findings }) => findings.some(({ outcome }) => outcome !== "exempted"));
  if (open) print("", paint.bold(`Policies of ${stack}`), ...policyReport(reports, paint));
}

function summary(environments: readonly Environment[], { bold, red, green, yellow }: Colour): string[] {
  const usd = (amount: number) => `${Math.round(amount).toLocaleString("en")}`;
  const verdict = (level: "mandatory" | "advisory", reports: readonly PackReport[]) => {
    const count = reports
      .flatMap(({ findings }) => findings)
      .filter((finding) => finding.outcome === "violation" && finding.level === level).length;
    if (count === 0) return green("0");
    return level === "mandatory" ? red(String(count)) : yellow(String(count));
  };
  const exempted = (reports: readonly PackReport[]) =>
    String(
      reports.flatMap(({ findings }) => findings).filter(({ outcome }) => outcome === "exempted").length,
    );
  const right = "right" as const;
  const lines = table(
    [
      { title: "Environment" },
      { title: "Resources", align: right },
      { title: "Hosting" },
      { title: "USD a month, min", align: right },
      { title: "max", align: right },
      { title: "Budget", align: right },
      { title: "Policies", align: right },
      { title: "Mandatory", align: right },
      { title: "Advisory", align: right },
      { title: "Exempted", align: right },
    ],
    environments.map(({ plan, minimumUsd, maximumUsd, reports }) => [
      plan.stack,
      String(plan.recording.resources.filter(({ custom }) => custom).length),
      plan.config.config["smartretail:hostingMode"] ?? "",
      usd(minimumUsd),
      usd(maximumUsd),
      usd(Number(plan.config.config["smartretail:monthlyBudgetUsd"])),
      String(reports.reduce((sum, { policies }) => sum + policies, 0)),
      verdict("mandatory", reports),
      verdict("advisory", reports),
      exempted(reports),
    ]),
  );
  return lines.map((line, i) => (i === 0 ? bold(line) : line));
}

if (require.main === module) runCommand(main);
