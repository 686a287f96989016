import type { Category } from "../../contracts/categories";
import type { StoreKind } from "../../contracts/metrics";
import { isoDate } from "../calendar/day";
import type { Attribution, Cause } from "./attribute-change";
import { CALIBRATION_BOUND, CALIBRATION_DAYS } from "./calibration";
import type { RiseReason } from "./choose-action";
import type { DataFault } from "./data-faults";
import type { StoreKindChange } from "./store-kinds";

/** The same sentence for store operations in both languages. */
export interface Words {
  readonly en: string;
  readonly ja: string;
}

const CATEGORY_JA: Readonly<Record<Category, string>> = {
  drinks: "飲料",
  food: "食品",
  daily: "日用品",
  confectionery: "菓子",
};

const CAUSE_WORDS: Readonly<Record<Cause, Words>> = {
  "new-skus": { en: "new SKUs", ja: "新商品" },
  sale: { en: "offers", ja: "特売" },
  "called-off": { en: "planned offers that did not show", ja: "計画どおり実施されなかった特売" },
  "thin-sales": { en: "chance at these volumes", ja: "販売量による偶然のばらつき" },
  regular: { en: "ordinary items", ja: "通常商品" },
};

const STORE_WORDS: Readonly<Record<StoreKind, Words>> = {
  office: { en: "stores in office districts", ja: "オフィス街の店舗" },
  residential: { en: "stores in residential areas", ja: "住宅地の店舗" },
  station: { en: "stores at stations", ja: "駅前の店舗" },
  roadside: { en: "roadside stores", ja: "ロードサイドの店舗" },
  tourist: { en: "stores at tourist spots", ja: "観光地の店舗" },
  other: { en: "stores of no known kind", ja: "立地区分が不明な店舗" },
};

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const EXPLAINED: Readonly<Record<RiseReason, (attribution: Attribution) => Words>> = {
  "new-skus": () => ({
    en: "SKUs with less than four weeks of sales get the forecast of similar SKUs and wider quantiles until they have a history. The model itself is not at fault and is not retrained.",
    ja: "発売4週間未満の新商品には、実績がたまるまで類似商品の予測と広めの予測幅を使います。モデル自体に問題はないため、再学習はしません。",
  }),
  sale: () => ({
    en: "More is sold on offer, and offers sell otherwise than the model has learned. The offers that run are put into the forecast and the quantiles are measured anew; keep more safety stock of the items on offer meanwhile.",
    ja: "特売の比率が上がり、売れ方も学習時と異なります。実施中の特売を予測に反映し、予測幅を測り直します。その間、特売品の安全在庫を多めにしてください。",
  }),
  "called-off": () => ({
    en: "The forecasts counted on offers of the plan of which the tills show nothing: they were called off, or their prices did not reach the tills. The model is not at fault; correct the plan or the prices.",
    ja: "予測は販促計画の特売を見込みましたが、レジの記録には表れていません。中止されたか、特売価格がレジに届いていません。モデルに問題はありません。計画または価格を修正してください。",
  }),
  bias: ({ regularBias: { share } }) => ({
    en: `Ordinary items are forecast ${percent(Math.abs(share))} too ${share > 0 ? "high" : "low"} throughout, and as well as before without that: the level is wrong and not the model, which is not retrained.`,
    ja: `通常商品の予測が全体に${percent(Math.abs(share))}${share > 0 ? "高め" : "低め"}ですが、それを除けば精度は以前と変わりません。水準のずれでありモデル自体に問題はないため、再学習はしません。`,
  }),
  regular: ({ regularSkill: { before, after } }) => ({
    en: `The advantage over last week's sales fell from ${percent(before)} to ${percent(after)} with ordinary items: customers buy differently than the model has learned. It is retrained; the new model has to prove itself before it serves.`,
    ja: `通常商品で、前週実績に対する優位が${percent(before)}から${percent(after)}に下がりました。買われ方が学習時と変わったため、再学習します。新しいモデルは効果を確かめてから使います。`,
  }),
  "thin-sales": () => ({
    en: "Less is sold of ordinary items: the fewer units, the larger is chance against them, for any method. Nothing is done.",
    ja: "通常商品の販売数が減りました。数が少ないほど偶然のばらつきが大きくなり、どの方法でも避けられません。対応は不要です。",
  }),
  "harder-period": ({ regularSkill: { before, after } }) => ({
    en: `The advantage over last week's sales has not fallen (${percent(before)} before, ${percent(after)} now) beyond chance: these weeks are harder to forecast for any method. Nothing is done.`,
    ja: `前週実績に対する優位は、偶然の範囲を超えて下がってはいません（以前${percent(before)}、現在${percent(after)}）。どの方法でも予測しにくい時期です。対応は不要です。`,
  }),
  unexplained: ({ regularSkill: { before, after } }) => ({
    en: `The advantage over last week's sales fell from ${percent(before)} to ${percent(after)}, but no single cause explains it beyond chance. It is watched for another week.`,
    ja: `前週実績に対する優位が${percent(before)}から${percent(after)}に下がりましたが、偶然を超える原因は特定できません。もう1週間様子を見ます。`,
  }),
};

/**
 * Why this was chosen: the rise, what it is made of in tenths of a point that add up, where a kind of store carries it, and
 * what follows from it.
 */
export function evidenceOf(
  reason: RiseReason,
  category: Category,
  attribution: Attribution,
  storeKinds?: StoreKindChange,
): Words {
  const { before, after } = attribution.decomposition;
  const rise = tenthsOf(after) - tenthsOf(before);
  const tenths = roundedParts(
    attribution.causes.map(({ change }) => change * 1000),
    rise,
  );
  const parts = attribution.causes.map(({ cause }, i) => ({ words: CAUSE_WORDS[cause], tenths: tenths[i]! }));
  const up = parts.filter((part) => part.tenths > 0).sort((a, b) => b.tenths - a.tenths);
  const down = parts.filter((part) => part.tenths < 0).sort((a, b) => a.tenths - b.tenths);
  const list = (of: typeof parts, language: keyof Words, separator: string) =>
    of.map(({ words, tenths: each }) => `${words[language]} ${signed(each)}`).join(separator);
  const { en, ja } = EXPLAINED[reason](attribution);
  const where = carrierWords(storeKinds);
  const against = {
    en: down.length > 0 ? `, against it ${list(down, "en", ", ")}` : "",
    ja: down.length > 0 ? `、押し下げ要因 ${list(down, "ja", "、")}` : "",
  };
  return {
    en: `The error of ${category} rose from ${percent(before)} to ${percent(after)}, by ${points(rise)} points: ${list(up, "en", ", ")}${against.en}. ${where.en}${en}`,
    ja: `${CATEGORY_JA[category]}の予測誤差が${percent(before)}から${percent(after)}に${points(rise)}ポイント上がりました（押し上げ要因 ${list(up, "ja", "、")}${against.ja}）。${where.ja}${ja}`,
  };
}

/** Shares and no points: errors of kinds of store are larger than those of their sum. */
function carrierWords({ change, kinds, carrier }: Partial<StoreKindChange> = {}): Words {
  const found = kinds?.find(({ kind }) => kind === carrier);
  if (found === undefined || change === undefined) return { en: "", ja: "" };
  const [part, sold] = [found.change / change, found.salesShare].map((share) => Math.round(100 * share));
  const { en, ja } = STORE_WORDS[found.kind];
  // More than all of it where other kinds have become better.
  return part! > 100
    ? {
        en: `All of the rise comes from ${en}, which make ${sold} % of the sales. `,
        ja: `上昇はすべて${ja}（売上構成比${sold} %）によるものです。`,
      }
    : {
        en: `${part} % of the rise comes from ${en}, which make ${sold} % of the sales. `,
        ja: `上昇の${part} %は${ja}（売上構成比${sold} %）によるものです。`,
      };
}

/** What is done about a level that is wrong. */
export function calibrationWords(factor: number): Words {
  const [times, most] = [factor.toFixed(2), `${CALIBRATION_BOUND * 100} %`];
  return {
    en: `From the next night on their forecasts are multiplied by ${times} (by ${most} at most), orders with them. The factor is measured anew every night against the forecasts without it, and ends after ${CALIBRATION_DAYS} days or when another model serves.`,
    ja: `次の夜間処理から、通常商品の予測に${times}を掛けて補正し（補正幅は最大${most}）、発注もそれに従います。補正率は補正前の予測と実績を比べて毎晩測り直し、${CALIBRATION_DAYS}日後か、モデルが入れ替わった時に終わります。`,
  };
}

export const joinWords = (first: Words, second: Words): Words => ({
  en: `${first.en} ${second.en}`,
  ja: `${first.ja}${second.ja}`,
});

/** Shares as tenths of a percentage point, as `percent` rounds them. */
const tenthsOf = (share: number) => Math.round(Number((share * 100).toFixed(1)) * 10);
const points = (tenths: number) => (tenths / 10).toFixed(1);
const signed = (tenths: number) => `${tenths < 0 ? "−" : "+"}${points(Math.abs(tenths))}`;

/** Whole numbers near the given ones with this sum: those that lose most by rounding get what is left. */
function roundedParts(values: readonly number[], sum: number): number[] {
  const rounded = values.map(Math.floor);
  const order = [...values.keys()].sort((a, b) => values[b]! - rounded[b]! - (values[a]! - rounded[a]!));
  const left = sum - rounded.reduce((total, value) => total + value, 0);
  for (let i = 0; i < Math.abs(left); i++) {
    const at = left > 0 ? order[i % order.length]! : order.at(-1 - (i % order.length))!;
    rounded[at]! += Math.sign(left);
  }
  return rounded;
}

/** @param from first day of a fault that goes on */
export function faultEvidence(fault: DataFault, from = fault.day): Words {
  const [first, last] = [isoDate(from), isoDate(fault.day)];
  const isLong = from < fault.day;
  const on = isLong ? `from ${first} to ${last}` : `on ${last}`;
  const onJa = isLong ? `${first}から${last}まで` : last;
  switch (fault.kind) {
    case "silent-store":
      return {
        en: `Store ${fault.store} sold nothing ${on}, where about ${Math.round(fault.expected)} units a day were expected and its neighbours sold as usual: its sales files are missing. Its days are left out until the files have come.`,
        ja: `店舗${fault.store}の${onJa}の販売数が0です（予測は1日約${Math.round(fault.expected)}個、周辺店舗は通常どおり）。売上ファイルが届いていません。届くまでこの店舗の該当日を除外します。`,
      };
    case "till-clock": {
      const isEarly = fault.bookedOn < fault.day;
      return {
        en: `What store ${fault.store} sold ${on} was booked a day ${isEarly ? "early" : "late"}, last on ${isoDate(fault.bookedOn)}: the clock of a till is wrong. These days are left out; set the clock and send the files again.`,
        ja: `店舗${fault.store}の${onJa}の売上が1日${isEarly ? "早く" : "遅く"}計上されています（直近は${isoDate(fault.bookedOn)}）。レジの時計が狂っています。該当日を除外します。時計を直してファイルを再送してください。`,
      };
    }
    case "price-file":
      return {
        en: `${fault.changedSkus} of ${fault.skus} shelf prices of ${fault.category} changed in one night, typically to ${fault.medianRatio.toFixed(2)} times, and were wrong ${on}: the price file is wrong. Forecasts and retraining of ${fault.category} wait until it is corrected.`,
        ja: `${CATEGORY_JA[fault.category]}の棚価格が一晩で${fault.skus}品中${fault.changedSkus}品変わりました（標準的には${fault.medianRatio.toFixed(2)}倍、${onJa}）。価格ファイルの誤りです。修正されるまで${CATEGORY_JA[fault.category]}の予測更新と再学習を止めます。`,
      };
  }
}
