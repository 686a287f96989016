import type { OrderAnswer } from "../client";
import { button, element } from "./elements";
import { reasonOf, whyOf } from "./words";

type Line = OrderAnswer["lines"][number];

/** Most packs that the API takes. */
const MAX_PACKS = 1000;

export interface OrderLinesOptions {
  readonly lines: readonly Line[];
  /** Packs by SKU where the store has confirmed something else. */
  readonly packs: ReadonlyMap<string, number>;
  readonly onChange: () => void;
  /** Fills the place under a line with its forecast. */
  readonly showForecast: (sku: string, into: HTMLElement) => void;
}

/** The lines of an order, each with its quantity, why, and a forecast to open. */
export class OrderLines {
  private readonly packs: Map<string, number>;

  public constructor(private readonly options: OrderLinesOptions) {
    const { lines, packs } = options;
    this.packs = new Map(lines.map(({ sku, packs: recommended }) => [sku, packs.get(sku) ?? recommended]));
  }

  public render(list: HTMLElement): void {
    list.replaceChildren(...this.options.lines.map((line) => this.item(line)));
  }

  /** The whole order as it stands. */
  public get order(): { sku: string; packs: number }[] {
    return [...this.packs].map(([sku, packs]) => ({ sku, packs }));
  }

  public get totals(): { readonly units: number; readonly yen: number } {
    let [units, yen] = [0, 0];
    for (const line of this.options.lines) {
      const packs = this.packs.get(line.sku)!;
      units += packs * line.packSize;
      if (line.packs > 0) yen += (line.costYen / line.packs) * packs;
    }
    return { units, yen };
  }

  private item(line: Line): HTMLElement {
    const quantity = element("output", { "aria-label": `${line.name}の発注数` });
    const item = element("li", { "data-sku": line.sku });
    const show = () => {
      const packs = this.packs.get(line.sku)!;
      quantity.textContent = line.packSize === 1 ? `${packs}個` : `${packs}箱 (${packs * line.packSize}個)`;
      item.classList.toggle("changed", packs !== line.packs);
    };
    const step = (by: number) => () => {
      this.packs.set(line.sku, Math.min(Math.max(this.packs.get(line.sku)! + by, 0), MAX_PACKS));
      show();
      this.options.onChange();
    };
    const details = element("details", {}, element("summary", {}, "予測を見る"));
    details.addEventListener("toggle", () => this.options.showForecast(line.sku, details), { once: true });
    item.append(
      element(
        "div",
        { class: "row" },
        element("span", { class: "name" }, line.name),
        element(
          "div",
          { class: "stepper" },
          button("−", `${line.name}を減らす`, step(-1)),
          quantity,
          button("＋", `${line.name}を増やす`, step(1)),
        ),
      ),
      element("p", { class: "why" }, `${reasonOf(line)}: ${whyOf(line)}`),
      details,
    );
    show();
    return item;
  }
}
