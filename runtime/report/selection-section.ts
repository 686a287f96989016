import { mixtureName } from "../../forecasting/selection/mixture";
import type { Choice, Selection } from "../../forecasting/selection/select-forecasters";
import { html, type Html } from "./html";

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const SCOPES: Readonly<Record<Choice["scope"], string>> = {
  own: "its own days",
  category: "the category's days: too few of its own",
  chain: "the chain's days: too few of its category",
  none: "nothing: its category is newer than the validation days",
};

/** Which forecaster serves each category and demand class, and what it was chosen on. */
export function selectionSection(selection: Selection): Html {
  const shown = selection.filter(({ units }) => units > 0);
  if (shown.length === 0) return html``;
  return html`
    <h2>Chosen forecasters</h2>
    <p class="soft">
      Chosen on validation days, before the hold-out: the smallest error of days, weeks and category weeks
      among those that are no worse than seasonal naive; within one percent of the best the simplest is taken,
      and what is less simple than the chain's choice, or that than the smoothed level, must lead it by more
      than luck.
    </p>
    <div class="card scroll">
      <table>
        <thead>
          <tr>
            <th>Category</th>
            <th>Demand</th>
            <th class="text">Forecaster</th>
            <th>WAPE by day</th>
            <th>naive</th>
            <th>by week</th>
            <th>naive</th>
            <th class="text">Chosen on</th>
            <th class="text">Next best</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (choice) =>
              html`<tr>
                <td>${choice.category}</td>
                <td>${choice.demandClass}</td>
                <td class="text ours">${mixtureName(choice.mixture)}</td>
                <td>${percent(choice.chosen.day)}</td>
                <td>${percent(choice.naive.day)}</td>
                <td>${percent(choice.chosen.week)}</td>
                <td>${percent(choice.naive.week)}</td>
                <td class="text wrap">${SCOPES[choice.scope]}</td>
                <td class="text wrap">${mixtureName(choice.runnerUp.mixture)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}
