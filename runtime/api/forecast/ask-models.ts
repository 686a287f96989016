import { CATEGORIES, type Category } from "../../../contracts/categories";
import { readModelAnswers } from "../../../contracts/model-answer";
import type { ModelEndpoint } from "../../endpoints/model-endpoint";
import { runConcurrently } from "../../engine/threads/run-concurrently";
import type { Cell } from "./cell";
import { isNotSold } from "./choose-figure";
import type { Deadline } from "./deadline";
import type { Route } from "./router";
import { CALL_LIMITS, type CallLimits, splitCalls } from "./split-calls";

/** Of the time that is left: the rest puts the answer together. */
const SHARE = 0.9;

export interface AskedModel {
  readonly category: Category;
  readonly answered: boolean;
  /** Why not. */
  readonly notice?: string;
}

/** Calls of one model at the same time. */
const CONCURRENCY = 4;

/**
 * Asks one model a category, all at the same time, and leaves the answers in the cells. A model that does not answer, or
 * answers nonsense, leaves its cells to the fallbacks, and no others. What is too much for one call is asked for in several;
 * one that fails leaves only its own cells.
 */
export async function askModels(
  endpoint: ModelEndpoint,
  cells: readonly Cell[],
  routes: Readonly<Record<Category, Route>>,
  deadline: Deadline,
  requestId: string,
  limits: CallLimits = CALL_LIMITS,
): Promise<AskedModel[]> {
  const wanted = CATEGORIES.filter((category) => cells.some((cell) => cell.category === category));
  return Promise.all(
    wanted.map(async (category): Promise<AskedModel> => {
      const open = cells.filter((cell) => cell.category === category && !isNotSold(cell));
      const rows = open.filter(({ row }) => row !== undefined);
      const { version, variant } = routes[category];
      const silent = (why: string) => ({ category, answered: false, notice: `${category}: ${why}` });
      if (open.length === 0) return { category, answered: true };
      if (rows.length === 0) return silent("no features to ask the model with");
      if (version === undefined) return silent("no live model version is known");
      const what = `model ${version} of the ${variant}`;
      const id = `${requestId.slice(0, 60 - category.length)}-${category}`;
      let wrong = 0;
      const ask = async (part: readonly Cell[], at: number, signal: AbortSignal) => {
        const csv = part.map(csvOf).join("\n");
        const inferenceId = at === 0 ? id : `${id}-${at}`;
        const invocation = { category, variant, version, csv, inferenceId };
        const { text, contentType } = await endpoint.invoke(invocation, signal);
        const answers = readModelAnswers(text, contentType, part.length);
        // The answer to the store is put together already.
        if (!signal.aborted) wrong += takeAnswers(part, answers);
      };
      const failure = await askParts(what, splitCalls(rows, csvOf, limits), deadline, ask);
      return askedModel(category, what, rows, wrong, failure);
    }),
  );
}

const csvOf = ({ row }: Cell) => row!.csv;
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** @returns what went wrong first, or that time was over; undefined where every part was answered */
async function askParts(
  what: string,
  parts: readonly (readonly Cell[])[],
  deadline: Deadline,
  ask: (part: readonly Cell[], at: number, signal: AbortSignal) => Promise<void>,
): Promise<string | undefined> {
  let failure: string | undefined;
  return deadline
    .within(what, SHARE, (signal) =>
      runConcurrently([...parts.entries()], CONCURRENCY, async ([at, part]) => {
        if (signal.aborted) return;
        await ask(part, at, signal).catch((error: unknown) => {
          failure ??= `${what} failed: ${messageOf(error)}`;
        });
      }),
    )
    .then(() => failure, messageOf);
}

/** @returns how many answers are none */
function takeAnswers(rows: readonly Cell[], answers: Float64Array): number {
  let wrong = 0;
  rows.forEach((cell, i) => {
    const answer = answers[i]!;
    // A factor of 0 would be an order of nothing; no model is trained to say that.
    if (Number.isFinite(answer) && answer > 0) cell.answer = answer;
    else wrong++;
  });
  return wrong;
}

function askedModel(
  category: Category,
  what: string,
  rows: readonly Cell[],
  wrong: number,
  failure: string | undefined,
): AskedModel {
  const answered = rows.filter(({ answer }) => answer !== undefined).length;
  const unasked = rows.length - answered - wrong;
  const notices = [
    ...(failure === undefined
      ? []
      : [unasked === rows.length ? failure : `${failure} (${unasked} of ${rows.length} rows)`]),
    ...(wrong > 0 ? [`${what} answered ${wrong} of ${rows.length} rows with no factor above 0`] : []),
  ];
  if (notices.length === 0) return { category, answered: true };
  return { category, answered: answered > 0, notice: `${category}: ${notices.join("; ")}` };
}
