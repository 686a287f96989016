import { CATEGORIES, type Category } from "../../contracts/categories";
import { plainName } from "./tables";

/** Whole names that common masters use. */
const NAMES: Readonly<Record<Category, string>> = {
  drinks: "drinks drink beverage beverages 飲料 ドリンク 飲み物 酒 酒類 アルコール",
  food: "food foods fresh meals 食品 フード 弁当 米飯 惣菜 総菜 デリカ パン 麺類 料理 生鮮 FF ファストフード",
  daily: "daily dailygoods household nonfood 日用品 雑貨 日用雑貨 生活用品 生活雑貨 非食品",
  confectionery: "confectionery sweets snacks candy 菓子 お菓子 スイーツ 菓子類",
};

/** Words in a name that tell where its items belong, tried in this order: コーヒーゼリー is a sweet, not a drink. */
const WORDS: readonly (readonly [Category, RegExp])[] = [
  [
    "confectionery",
    /菓子|スイーツ|デザート|チョコ|ガム|キャンデ|アイス|ケーキ|ゼリー|confection|sweet|snack|candy|chocolate|dessert|cake|cookie|ice ?cream/i,
  ],
  [
    "drinks",
    /飲料|ドリンク|飲み物|茶|酒|ビール|ワイン|コーヒー|珈琲|ジュース|drink|beverage|juice|beer|wine|coffee|\btea\b|soda|water|liquor|alcohol/i,
  ],
  [
    "daily",
    /日用|雑貨|文具|衣料|化粧|洗剤|たばこ|タバコ|煙草|新聞|雑誌|household|stationery|tobacco|cosmetic|magazine|cleaning|toy|gift|clothing/i,
  ],
  [
    "food",
    /食|弁当|飯|惣菜|総菜|パン|麺|肉|魚|野菜|果物|卵|乳|豆腐|サラダ|おにぎり|寿司|food|bread|baker|meat|fish|seafood|poultry|produce|vegetable|fruit|dairy|deli|egg|grocer|meal|salad|pizza|noodle|sandwich|frozen/i,
  ],
];

/** What an item counts as when nothing tells: long-lived and of no season, so that nothing is thrown away on a guess. */
export const OTHER_CATEGORY: Category = "daily";

export interface CategoryMatch {
  readonly category: Category;
  /** Whether the name said so; otherwise the item is under "other". */
  readonly isKnown: boolean;
}

/** The model group of a chain's own category name; see docs/adr/0055. */
export function matchCategory(text: string, mapped: Readonly<Record<string, Category>>): CategoryMatch {
  const own = mapped[text] ?? mapped[plainName(text)];
  if (own) return { category: own, isKnown: true };
  const plain = plainName(text);
  const named = CATEGORIES.find((category) => NAMES[category].toLowerCase().split(" ").includes(plain));
  const category = named ?? WORDS.find(([, words]) => words.test(text.normalize("NFKC")))?.[0];
  return category ? { category, isKnown: true } : { category: OTHER_CATEGORY, isKnown: false };
}
