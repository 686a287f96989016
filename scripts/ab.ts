/** `npm run ab -- status|start|evaluate|promote|rollback|stop`: experiments, here or in a stack; options in commands.json. */
import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { CATEGORIES, type Category } from "../contracts/categories";
import { MODEL_VERSION_PATTERN } from "../contracts/model-artifact";
import type { Variant } from "../contracts/variants";
import { EndpointControlError } from "../runtime/endpoints/endpoint-control";
import { UserError } from "../runtime/engine/files/clear-error";
import { beginExperiment } from "../runtime/experiment/begin-experiment";
import { evaluateExperiment, type Evaluation } from "../runtime/experiment/evaluate-experiment";
import { currentVersion, localPlace, type Place, stackPlace } from "./ab/places";
import { statusLines, statusOf } from "./ab/status";
import { DEFAULT_OUT } from "./forecast-options";
import { colour, wantsColour } from "./terminal/colour";
import { parseOptions } from "./terminal/parse-options";
import { print } from "./terminal/print";
import { runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const USAGE = usageOf("ab");
const ACTIONS = ["status", "start", "evaluate", "promote", "rollback", "stop"] as const;
type Action = (typeof ACTIONS)[number];

const OPTIONS = {
  category: { type: "string" },
  challenger: { type: "string" },
  reason: { type: "string" },
  by: { type: "string" },
  force: { type: "boolean", default: false },
  week: { type: "string", default: DEFAULT_OUT },
  nights: { type: "string" },
  stack: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Beside another action they would be left without an effect. */
const ONLY_FOR: Readonly<Record<"challenger" | "reason" | "force", readonly Action[]>> = {
  challenger: ["start"],
  reason: ["promote", "rollback", "stop"],
  force: ["promote"],
};

/** @returns the exit code: 1 where an experiment could not start, or a rollback is not done yet */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  const action = ACTIONS.find((each) => each === name);
  if (action === undefined) {
    throw new UserError(`"${name ?? ""}" is no action; allowed: ${ACTIONS.join(", ")} (${USAGE})`);
  }
  const options = parseOptions(rest, OPTIONS, USAGE);
  for (const [option, actions] of Object.entries(ONLY_FOR))
    if (options[option as keyof typeof ONLY_FOR] && !actions.includes(action))
      throw new UserError(`--${option} is for ${actions.join(", ")}: ${action} takes none (${USAGE})`);
  const category = categoryOf(options.category, action);
  const place =
    options.stack === undefined ? localPlace(options.week, options.nights) : await stackPlace(options.stack);
  const by = options.by ?? userInfo().username;
  const evaluations: Evaluation[] = [];
  if (action === "start") await start(place, category!, { by, challenger: options.challenger });
  if (action === "evaluate") await place.compare?.();
  if (action !== "status") {
    for (const each of category === undefined ? CATEGORIES : [category]) {
      evaluations.push(
        await evaluate(place, each, action, { by, reason: options.reason, force: options.force }),
      );
    }
  }
  const statuses = await statusOf(place.ports.journal);
  if (options.json) print(JSON.stringify({ evaluations: evaluations.map(shortOf), statuses }, undefined, 2));
  else print(...evaluations.flatMap(linesOf), ...statusLines(statuses, colour(wantsColour(process.stdout))));
  const isUndone = statuses.some(({ experiment }) => experiment?.phase === "ROLLING_BACK");
  return action === "rollback" && isUndone ? 1 : 0;
}

function categoryOf(given: string | undefined, action: Action): Category | undefined {
  const category = CATEGORIES.find((each) => each === given);
  if (given !== undefined && category === undefined) {
    throw new UserError(`--category is "${given}"; allowed: ${CATEGORIES.join(", ")} (${USAGE})`);
  }
  if (category === undefined && action !== "status" && action !== "evaluate") {
    throw new UserError(`--category is missing; allowed: ${CATEGORIES.join(", ")} (${USAGE})`);
  }
  return category;
}

async function start(
  place: Place,
  category: Category,
  { by, challenger }: { readonly by: string; readonly challenger: string | undefined },
): Promise<void> {
  const championVersion = await versionOf(place, "champion", category);
  const challengerVersion = challenger ?? (await versionOf(place, "challenger", category));
  if (!MODEL_VERSION_PATTERN.test(challengerVersion)) {
    throw new UserError(
      `--challenger is "${challengerVersion}"; allowed: a version such as 20260927-f2a3107e`,
    );
  }
  const request = { championVersion, challengerVersion, by, isAutomatic: false };
  const begun = await beginExperiment(category, place.ports, request);
  if ("refused" in begun) throw new UserError(begun.refused);
}

/** @throws UserError where the category has none: a small week has champions alone */
async function versionOf(place: Place, variant: Variant, category: Category): Promise<string> {
  try {
    return await currentVersion(place, variant, category);
  } catch (error) {
    if (!(error instanceof EndpointControlError)) throw error;
    const way = variant === "challenger" ? "; --challenger VERSION names a model to compare" : "";
    throw new UserError(`${category} has no ${variant}: ${error.message}${way}`, { cause: error });
  }
}

/** A person's word needs a reason: it is what the journal will say. */
function evaluate(
  { ports, settings }: Place,
  category: Category,
  action: Action,
  {
    by,
    reason,
    force,
  }: { readonly by: string; readonly reason: string | undefined; readonly force: boolean },
): Promise<Evaluation> {
  const asks = action === "promote" || action === "rollback" || action === "stop";
  if (asks && reason === undefined)
    throw new UserError(`--reason is missing: ${action} needs one (${USAGE})`);
  const requests = asks ? [{ id: randomUUID(), action, by, reason: reason ?? "", isForced: force }] : [];
  const announce = () => Promise.resolve();
  return evaluateExperiment(category, { ...ports, announce }, { ...settings, by }, requests);
}

const shortOf = ({ category, written, outcome, unread }: Evaluation) => ({
  category,
  revisions: written.map(({ revision }) => revision),
  action: outcome.action,
  reasons: outcome.reasons,
  unread,
});

function linesOf({ category, written, outcome, unread }: Evaluation): string[] {
  const steps = written.map(({ action, reasons }) => `${category} ${action}: ${reasons.join("; ")}`);
  const said = steps.length > 0 ? steps : [`${category} ${outcome.action}: ${outcome.reasons.join("; ")}`];
  return [...said, ...unread.map((line) => `${category} could not read ${line}`)];
}

if (require.main === module) runCommand(main);
