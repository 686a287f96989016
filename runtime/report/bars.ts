import { html, type Html, trusted } from "./html";

export interface Bar {
  readonly label: string;
  /** undefined: no value, shown as a dash. */
  readonly value?: number;
  readonly shown: string;
  /** Style class of the colour, such as c-naive. */
  readonly colour?: string;
}

/** Horizontal bars as plain boxes: text keeps its size on every screen. `mark` is a limit drawn across. */
export function bars(
  rows: readonly Bar[],
  options: { highest?: number; mark?: number; wide?: boolean } = {},
): Html {
  const highest =
    options.highest ?? Math.max(...rows.map(({ value }) => value ?? 0), options.mark ?? 0, 1e-9);
  const percent = (value: number) => `${Math.min(100, (100 * value) / highest).toFixed(1)}%`;
  const mark =
    options.mark === undefined ? "" : `<span class="mark" style="left:${percent(options.mark)}"></span>`;
  return html`<div class="bars">
    ${rows.map(
      ({ label, value, shown, colour }) =>
        html`<div class="bar ${options.wide ? "wide" : ""}">
          <span title="${label}">${label}</span>
          <span class="track"
            ><i class="${colour ?? ""}" style="width:${percent(value ?? 0)}"></i>${trusted(mark)}</span
          >
          <span>${shown}</span>
        </div>`,
    )}
  </div>`;
}

/** Colour class of a forecaster. */
export function colourOf(forecaster: string): string {
  if (forecaster === "seasonal naive") return "c-naive";
  if (forecaster === "SQL baseline") return "c-baseline";
  if (forecaster === "oracle") return "c-oracle";
  return forecaster === "challenger" ? "c-challenger" : "";
}
