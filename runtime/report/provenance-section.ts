import { bars } from "./bars";
import { html, type Html } from "./html";
import type { ReportData } from "./report-data";

const count = (value: number) => Math.round(value).toLocaleString("en");

export function importanceSection({ importance }: ReportData): Html {
  if (importance.length === 0) return html``;
  return html`
    <h2>What the trees use</h2>
    <p class="soft">
      Share of the loss saved by splits on each feature, champion of each category. The trees correct the SQL
      baseline, so this is what the baseline alone does not see.
    </p>
    <div class="grid">
      ${importance.map(
        ({ category, features }) =>
          html`<div class="card">
            <h3>${category}</h3>
            ${bars(
              features.map(({ name, share }) => ({
                label: name,
                value: share,
                shown: `${(share * 100).toFixed(0)} %`,
              })),
              { wide: true },
            )}
          </div>`,
      )}
    </div>
  `;
}

export function dataSection({ reconciliation }: ReportData): Html {
  if (!reconciliation) return html``;
  return html`
    <h2>Data, counted</h2>
    <div class="card scroll">
      <table>
        <tbody>
          ${reconciliation.lines.map(
            ({ what, count: value }) =>
              html`<tr>
                <td class="wrap">${what}</td>
                <td>${count(value)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p>
      ${
        reconciliation.balanced
          ? "Every row that was read is accounted for."
          : html`<span class="bad">The counts do not add up.</span>`
      }
    </p>
    <ul class="soft">
      ${reconciliation.warnings.map((warning) => html`<li>${warning}</li>`)}
    </ul>
  `;
}

export function provenanceSection(data: ReportData): Html {
  return html`
    <h2>How this was made</h2>
    <p>
      ${data.source === "generated" ? `Generated data, seed ${data.seed ?? "?"}` : "Your files"}:
      ${count(data.stores)} stores, ${count(data.skus)} SKUs, ${count(data.rows)} store x SKU x days from
      ${data.firstDay} to ${data.cutoff}. ${data.seconds.toFixed(0)} seconds, peak memory
      ${count(data.peakMegabytes)} MB, Node ${data.nodeVersion}.
    </p>
    <div class="grid">${stepsTable(data)} ${modelsTable(data)}</div>
  `;
}

function stepsTable({ steps }: ReportData): Html {
  return html`<div class="card scroll">
    <h3>Steps</h3>
    <table>
      <tbody>
        ${steps.map(
          ({ name, seconds, detail }) =>
            html`<tr>
              <td>${name}</td>
              <td class="wrap text soft">${detail}</td>
              <td>${seconds.toFixed(1)} s</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function modelsTable({ models }: ReportData): Html {
  return html`<div class="card scroll">
    <h3>Models</h3>
    <table>
      <thead>
        <tr>
          <th>Category</th>
          <th class="text">Role</th>
          <th class="text">Version</th>
          <th>Trees</th>
          <th>Rows</th>
        </tr>
      </thead>
      <tbody>
        ${models.map(
          ({ category, role, version, kind, trees, trainingRows }) =>
            html`<tr>
              <td>${category}</td>
              <td class="text">${role}</td>
              <td class="text">${version}</td>
              <td>${kind === "boosted-trees" ? count(trees) : "baseline"}</td>
              <td>${count(trainingRows)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
