import jsonata from "jsonata";
import type { Json } from "../states";
import { stateFunctions, type FunctionSources } from "./state-functions";
import { StateError } from "./state-error";

/** Names that an expression sees: `$states` and the variables of its scope. */
export interface Names {
  readonly states: Readonly<Record<string, Json>>;
  readonly variables: Readonly<Record<string, Json>>;
}

const parsed = new Map<string, jsonata.Expression>();

/** `{% … %}` with nothing before or after. */
const EXPRESSION = /^\{%([\s\S]*)%\}$/;

/** Fills a template: every string that is an expression becomes its value, at any depth. */
export async function evaluate(template: Json, names: Names, sources: FunctionSources): Promise<Json> {
  if (typeof template === "string") {
    const expression = EXPRESSION.exec(template)?.[1];
    return expression === undefined ? template : valueOf(expression.trim(), names, sources);
  }
  if (Array.isArray(template)) {
    return Promise.all(template.map((part: Json) => evaluate(part, names, sources)));
  }
  if (typeof template !== "object" || template === null) return template;
  const entries = Object.entries(template).map(
    async ([name, part]) => [name, await evaluate(part as Json, names, sources)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function valueOf(text: string, { states, variables }: Names, sources: FunctionSources): Promise<Json> {
  let value: unknown;
  try {
    // A variable of the name of a function hides it in JSONata: functions and $states come last.
    value = await parse(text).evaluate(undefined, {
      ...variables,
      ...stateFunctions(sources),
      states,
    });
  } catch (error) {
    throw new StateError("States.QueryEvaluationError", `{% ${text} %}: ${messageOf(error)}`);
  }
  const json = typeof value === "function" ? undefined : JSON.stringify(value);
  if (json === undefined) {
    throw new StateError("States.QueryEvaluationError", `{% ${text} %} has no value: JSON cannot hold that`);
  }
  // Through JSON: JSONata's sequences carry marks of their own.
  return JSON.parse(json) as Json;
}

function parse(text: string): jsonata.Expression {
  let expression = parsed.get(text);
  if (!expression) parsed.set(text, (expression = jsonata(text)));
  return expression;
}

/** JSONata throws plain objects. */
function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : String(error);
}
