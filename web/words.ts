import type { ForecastAnswer, OrderAnswer } from "../client";

/** What the page says, in the words of a store. */
type Line = OrderAnswer["lines"][number];
type Source = ForecastAnswer["forecasts"][number]["days"][number]["source"];

const REASONS: Readonly<Record<string, string>> = {
  demand: "売れる見込みの分",
  "shelf life": "期限内に売り切れる分まで",
  "minimum display": "陳列に必要な数",
};

export const STOCK_SOURCES: Readonly<Record<OrderAnswer["stockSource"], string>> = {
  counted: "在庫は棚卸しの数です",
  simulated: "在庫は推計の数です",
  "taken as empty": "在庫が不明のため、0として計算しています",
};

export const SOURCES: Readonly<Record<Source, string>> = {
  model: "予測モデル",
  batch: "昨夜の予測",
  baseline: "いつもの売れ方",
  "seasonal-naive": "先週の同じ曜日",
  "new-item": "他店の売れ方",
  "not-sold": "販売なし",
};

/** 「（通常商品の水準補正 ×0.91）」; nothing where a figure is as its source gave it. */
export const calibrationText = (factor: number | undefined) =>
  factor === undefined ? "" : `（通常商品の水準補正 ×${factor.toFixed(2)}）`;

export function reasonOf({ reason }: Line): string {
  return REASONS[reason] ?? reason;
}

/** 「2日分で12.5個売れる見込み、在庫3個、この発注での品切れ確率4%」 */
export function whyOf(line: Line): string {
  const { protectionDays, expectedUnits, stockUnits, stockOutProbability } = line;
  const percent = Math.round(stockOutProbability * 100);
  return `${protectionDays}日分で${Number(expectedUnits.toFixed(1))}個売れる見込み、在庫${stockUnits}個、この発注での品切れ確率${percent}%`;
}

const DAY = new Intl.DateTimeFormat("ja-JP", {
  month: "numeric",
  day: "numeric",
  weekday: "short",
  timeZone: "UTC",
});
const TIME = new Intl.DateTimeFormat("ja-JP", {
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "Asia/Tokyo",
});

/** 「11/23(月)」 of an ISO date. */
export const dayText = (day: string) => DAY.format(new Date(`${day}T00:00:00Z`));
export const timeText = (instant: string) => TIME.format(new Date(instant));
export const yenText = (yen: number) => `${Math.round(yen).toLocaleString("ja-JP")}円`;

const PROBLEMS: Readonly<Record<string, string>> = {
  "unknown-store": "この店舗コードは登録されていません",
  "no-recommendation": "今朝の発注案がまだありません",
  "already-confirmed":
    "ほかの人が先に確定しました。最新の内容を表示しました。確かめてからもう一度確定してください",
  "precondition-failed":
    "ほかの人が発注を変更しました。最新の内容を表示しました。確かめてからもう一度確定してください",
  "invalid-request": "入力に誤りがあります",
};

export function faultText(kind: string | undefined): string {
  return (kind && PROBLEMS[kind]) ?? "ただいま接続できません。しばらくしてからもう一度お試しください";
}
