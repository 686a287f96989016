import { CATEGORIES, type Category } from "../../../contracts/categories";
import { readModelAnswers } from "../../../contracts/model-answer";
import type { ModelEndpoint } from "../../endpoints/model-endpoint";
import type { Cell } from "./cell";
import { isNotSold } from "./choose-figure";
import type { Deadline } from "./deadline";
import type { Route } from "./router";

/** Of the time that is left: the rest puts the answer together. */
const SHARE = 0.9;

export interface AskedModel {
  readonly category: Category;
  readonly answered: boolean;
  /** Why not. */
  readonly notice?: string;
}

/**
 * Asks one model a category, all at the same time, and leaves the answers in the cells. A model that does not answer, or
 * answers nonsense, leaves its cells to the fallbacks, and no others.
 */
export async function askModels(
  endpoint: ModelEndpoint,
  cells: readonly Cell[],
  routes: Readonly<Record<Category, Route>>,
  deadline: Deadline,
  requestId: string,
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
      try {
        const { text, contentType } = await deadline.within(what, SHARE, (signal) =>
          endpoint.invoke(
            {
              category,
              variant,
              version,
              csv: rows.map(({ row }) => row!.csv).join("\n"),
              inferenceId: `${requestId.slice(0, 60 - category.length)}-${category}`,
            },
            signal,
          ),
        );
        return takeAnswers(category, what, rows, readModelAnswers(text, contentType, rows.length));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return silent(why.startsWith(what) ? why : `${what} failed: ${why}`);
      }
    }),
  );
}

function takeAnswers(
  category: Category,
  what: string,
  rows: readonly Cell[],
  answers: Float64Array,
): AskedModel {
  let wrong = 0;
  rows.forEach((cell, i) => {
    const answer = answers[i]!;
    // A factor of 0 would be an order of nothing; no model is trained to say that.
    if (Number.isFinite(answer) && answer > 0) cell.answer = answer;
    else wrong++;
  });
  if (wrong === 0) return { category, answered: true };
  const notice = `${category}: ${what} answered ${wrong} of ${rows.length} rows with no factor above 0`;
  return { category, answered: wrong < rows.length, notice };
}
