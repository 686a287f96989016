import type { Category } from "../../contracts/categories";
import { isoDate } from "../calendar/day";
import type { Choice, Reason } from "./choose-action";
import type { DataFault } from "./data-faults";

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

export interface Figures {
  readonly category: Category;
  /** Shares of sales. */
  readonly wapeBefore: number;
  readonly wapeAfter: number;
  /** Skill of the regular part. */
  readonly skillBefore: number;
  readonly skillAfter: number;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const points = (share: number) => (share * 100).toFixed(1);

const EXPLAINED: Readonly<
  Record<Exclude<Reason, "data-fault">, (choice: Choice, figures: Figures) => Words>
> = {
  "new-skus": ({ change, share }) => ({
    en: `${points(change)} points (${percent(share)} of the rise) come from SKUs with less than four weeks of sales: they get the forecast of similar SKUs and wider quantiles until they have a history. The model itself is not at fault and is not retrained.`,
    ja: `上昇のうち${points(change)}ポイント（${percent(share)}）は発売4週間未満の新商品によるものです。実績がたまるまで類似商品の予測と広めの予測幅を使います。モデル自体に問題はないため、再学習はしません。`,
  }),
  sale: ({ change, share }) => ({
    en: `${points(change)} points (${percent(share)} of the rise) come from the sale: more is sold on offer, and offers sell otherwise than the model has learned. The planned offers are put into the forecast and the quantiles are measured anew; keep more safety stock of the items on offer meanwhile.`,
    ja: `上昇のうち${points(change)}ポイント（${percent(share)}）はセールによるものです。特売の比率が上がり、売れ方も学習時と異なります。特売計画を予測に反映し、予測幅を測り直します。その間、特売品の安全在庫を多めにしてください。`,
  }),
  regular: ({ change, share }, { skillBefore, skillAfter }) => ({
    en: `${points(change)} points (${percent(share)} of the rise) come from ordinary items, and the advantage over last week's sales fell from ${percent(skillBefore)} to ${percent(skillAfter)}: customers buy differently than the model has learned. It is retrained; the new model has to prove itself before it serves.`,
    ja: `上昇のうち${points(change)}ポイント（${percent(share)}）は通常商品によるもので、前週実績に対する優位が${percent(skillBefore)}から${percent(skillAfter)}に下がりました。買われ方が学習時と変わったため、再学習します。新しいモデルは効果を確かめてから使います。`,
  }),
  "thin-sales": ({ change, share }) => ({
    en: `${points(change)} points (${percent(share)} of the rise) come from lower sales of ordinary items: the fewer units, the larger is chance against them, for any method. Nothing is done.`,
    ja: `上昇のうち${points(change)}ポイント（${percent(share)}）は通常商品の販売数の減少によるものです。数が少ないほど偶然のばらつきが大きくなり、どの方法でも避けられません。対応は不要です。`,
  }),
  "harder-period": (_, { skillBefore, skillAfter }) => ({
    en: `The advantage over last week's sales is unchanged (${percent(skillBefore)} before, ${percent(skillAfter)} now): these weeks are harder to forecast for any method. Nothing is done.`,
    ja: `前週実績に対する優位は変わっていません（以前${percent(skillBefore)}、現在${percent(skillAfter)}）。どの方法でも予測しにくい時期です。対応は不要です。`,
  }),
  unexplained: (_, { skillBefore, skillAfter }) => ({
    en: `The advantage over last week's sales fell from ${percent(skillBefore)} to ${percent(skillAfter)}, but no single cause explains it beyond chance. It is watched for another week.`,
    ja: `前週実績に対する優位が${percent(skillBefore)}から${percent(skillAfter)}に下がりましたが、偶然を超える原因は特定できません。もう1週間様子を見ます。`,
  }),
};

/** Why this was chosen. */
export function evidenceOf(choice: Choice, figures: Figures): Words {
  if (choice.reason === "data-fault") throw new Error("a data fault explains itself: faultEvidence");
  const { category, wapeBefore, wapeAfter } = figures;
  const { en, ja } = EXPLAINED[choice.reason](choice, figures);
  return {
    en: `The error of ${category} rose from ${percent(wapeBefore)} to ${percent(wapeAfter)}. ${en}`,
    ja: `${CATEGORY_JA[category]}の予測誤差が${percent(wapeBefore)}から${percent(wapeAfter)}に上がりました。${ja}`,
  };
}

export function faultEvidence(fault: DataFault): Words {
  const day = isoDate(fault.day);
  switch (fault.kind) {
    case "silent-store":
      return {
        en: `Store ${fault.store} sold nothing on ${day}, where about ${Math.round(fault.expected)} units were expected and its neighbours sold as usual: its sales file is missing. Its days are left out until the file has come.`,
        ja: `店舗${fault.store}の${day}の販売数が0です（予測は約${Math.round(fault.expected)}個、周辺店舗は通常どおり）。売上ファイルが届いていません。届くまでこの店舗の該当日を除外します。`,
      };
    case "till-clock":
      return {
        en: `What store ${fault.store} sold on ${day} was booked on ${isoDate(fault.bookedOn)}: the clock of a till is wrong. Both days are left out; set the clock and send the files again.`,
        ja: `店舗${fault.store}の${day}の売上が${isoDate(fault.bookedOn)}に計上されています。レジの時計が狂っています。両日を除外します。時計を直してファイルを再送してください。`,
      };
    case "price-file":
      return {
        en: `${fault.changedSkus} of ${fault.skus} shelf prices of ${fault.category} changed in one night, typically to ${fault.medianRatio.toFixed(2)} times: the price file is wrong. Forecasts and retraining of ${fault.category} wait until it is corrected.`,
        ja: `${CATEGORY_JA[fault.category]}の棚価格が一晩で${fault.skus}品中${fault.changedSkus}品変わりました（標準的には${fault.medianRatio.toFixed(2)}倍）。価格ファイルの誤りです。修正されるまで${CATEGORY_JA[fault.category]}の予測更新と再学習を止めます。`,
      };
  }
}
