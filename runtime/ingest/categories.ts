import { CATEGORIES, type Category } from "../../contracts/categories";
import { kindOf } from "./item-kinds";
import { plainName } from "./tables";

/** Whole names that common masters use. */
const NAMES: Readonly<Record<Category, string>> = {
  drinks: "drinks drink beverage beverages 飲料 ドリンク 飲み物 酒 酒類 アルコール",
  food: "food foods fresh meals 食品 フード 弁当 米飯 惣菜 総菜 デリカ パン 麺類 料理 生鮮 FF ファストフード",
  daily: "daily dailygoods household nonfood 日用品 雑貨 日用雑貨 生活用品 生活雑貨 非食品",
  confectionery: "confectionery sweets snacks candy 菓子 お菓子 スイーツ 菓子類",
};

/** What an item counts as when nothing tells: long shelf life and no season, so that a guess causes no waste. */
const OTHER_CATEGORY: Category = "daily";

export interface CategoryMatch {
  readonly category: Category;
  /** Whether the name said so; otherwise the item is under "other". */
  readonly isKnown: boolean;
}

/** What a config maps the items to that have no category at all. */
const NO_CATEGORY = "*";

/** The model group of a chain's own category name; see docs/adr/0055. */
export function matchCategory(text: string, mapped: Readonly<Record<string, Category>>): CategoryMatch {
  const own = mapped[text === "" ? NO_CATEGORY : text] ?? mapped[plainName(text)];
  if (own) return { category: own, isKnown: true };
  const plain = plainName(text);
  const named = CATEGORIES.find((category) => NAMES[category].toLowerCase().split(" ").includes(plain));
  const category = named ?? kindOf(text)?.category;
  return category ? { category, isKnown: true } : { category: OTHER_CATEGORY, isKnown: false };
}
