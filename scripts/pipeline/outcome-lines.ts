import type { MachineOutput } from "../../contracts/machines";
import { table } from "../terminal/table";

/** What a run that has succeeded has come to, in words: a run that trains nothing new has succeeded too. */
export function outcomeLines({ categories = [], forecasts, results = "" }: MachineOutput = {}): string[] {
  const night =
    forecasts === undefined
      ? []
      : [`  published: ${forecasts.toLocaleString("en")} store x SKU x days, ${results}`];
  const ends = categories.map(({ category, outcome, cause = "" }) => [`  ${category}`, outcome, cause]);
  return [
    ...night,
    ...(ends.length === 0
      ? []
      : table([{ title: "  Category" }, { title: "Outcome" }, { title: "Why" }], ends)),
  ];
}
