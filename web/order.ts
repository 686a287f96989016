/** The ordering page of a store manager: today's order, why, change, confirm. Address: `/?store=S001`. */
import { ApiProblem, type ReadOrder, SmartRetailClient } from "../client";
import { byId } from "./elements";
import { forecastTable } from "./forecast-table";
import { OrderLines } from "./order-lines";
import { dayText, faultText, STOCK_SOURCES, timeText, yenText } from "./words";

const client = new SmartRetailClient({ baseUrl: `${location.origin}/v1` });
const store = new URLSearchParams(location.search).get("store") ?? "";
const confirmButton = byId<HTMLButtonElement>("confirm");

function say(text: string, isError = false): void {
  const message = byId("message");
  message.textContent = text;
  message.classList.toggle("error", isError);
  message.hidden = text === "";
}

function sayFault(error: unknown): void {
  say(faultText(error instanceof ApiProblem ? error.kind : undefined), true);
}

/** Shows an order as it was read; what is confirmed counts more than what is recommended. */
function show({ order, etag }: ReadOrder): void {
  byId("title").textContent = `${order.storeName} ${dayText(order.day)}の発注`;
  byId("subtitle").textContent = STOCK_SOURCES[order.stockSource];
  // A line that the confirmed order leaves out is not ordered.
  const packs = new Map(
    order.confirmed
      ? [
          ...order.lines.map(({ sku }) => [sku, 0] as const),
          ...order.confirmed.lines.map((line) => [line.sku, line.packs] as const),
        ]
      : [],
  );
  const lines = new OrderLines({ lines: order.lines, packs, onChange: update, showForecast });
  lines.render(byId("lines"));
  byId("footer").hidden = order.lines.length === 0;
  if (order.confirmed) say(`${timeText(order.confirmed.at)}に確定しました`);
  else say(order.lines.length === 0 ? "今日は発注する商品がありません" : "");
  confirmButton.textContent = order.confirmed ? "変更を確定する" : "発注を確定する";
  confirmButton.onclick = () => void confirm(order.day, lines, etag);
  function update(): void {
    const { units, yen } = lines.totals;
    byId("total").textContent = `合計 ${units.toLocaleString("ja-JP")}個 ${yenText(yen)}`;
  }
  update();
}

async function confirm(day: string, lines: OrderLines, replaces: string | undefined): Promise<void> {
  confirmButton.disabled = true;
  try {
    show(await client.confirmOrder(store, day, lines.order, replaces));
  } catch (error) {
    const isConflict = error instanceof ApiProblem && [409, 412].includes(error.status);
    if (isConflict) await load();
    sayFault(error);
  } finally {
    confirmButton.disabled = false;
  }
}

function showForecast(sku: string, into: HTMLElement): void {
  client.forecast(store, { skus: [sku] }).then(
    ({ forecasts: [forecast] }) => into.append(forecast ? forecastTable(forecast) : "予測がありません"),
    (error: unknown) => into.append(faultText(error instanceof ApiProblem ? error.kind : undefined)),
  );
}

async function load(): Promise<void> {
  try {
    show(await client.readOrder(store));
  } catch (error) {
    byId("store-form").hidden = false;
    sayFault(error);
  }
}

if (store === "") byId("store-form").hidden = false;
else void load();
