import type { Category } from "../../contracts/categories";

/** A kind of goods as shops keep it: what is assumed of its items where no file says. */
export interface ItemKind {
  readonly name: string;
  readonly category: Category;
  /** Words of a category's or an item's name. */
  readonly words: RegExp;
  /** Days on which a delivered unit may be sold, the day of delivery included. */
  readonly shelfLifeDays: number;
  /** Days from order to delivery. */
  readonly leadTimeDays: number;
}

/**
 * Tried in this order: コーヒーゼリー is a sweet, not a drink, and a frozen pizza no meal. The days are those that Japanese
 * chains and supermarkets commonly state, at the short end of each kind: what is assumed too fresh is ordered more often,
 * what is assumed too stale is thrown away (docs/adr/0092).
 */
const ITEM_KINDS: readonly ItemKind[] = [
  {
    name: "frozen food and ice cream",
    category: "confectionery",
    words: /アイス|氷菓|ice ?cream|gelato|sorbet/i,
    shelfLifeDays: 180,
    leadTimeDays: 2,
  },
  {
    name: "fresh sweets",
    category: "confectionery",
    words:
      /生菓子|和菓子|洋菓子|スイーツ|デザート|ケーキ|ゼリー|プリン|シュークリーム|dessert|cake|pudding|tart\b|eclair|éclair|macaron/i,
    shelfLifeDays: 3,
    leadTimeDays: 1,
  },
  {
    name: "confectionery",
    category: "confectionery",
    words:
      /菓子|チョコ|ガム|キャンデ|グミ|クッキー|せんべい|煎餅|confection|sweet|snack|candy|chocolate|cookie|biscuit/i,
    shelfLifeDays: 90,
    leadTimeDays: 2,
  },
  {
    name: "alcohol",
    category: "drinks",
    words: /酒|ビール|ワイン|ウイスキー|beer|wine|liquor|alcohol|whisk|\bsake\b/i,
    shelfLifeDays: 180,
    leadTimeDays: 2,
  },
  {
    name: "drinks",
    category: "drinks",
    words: /飲料|ドリンク|飲み物|茶|コーヒー|珈琲|ジュース|drink|beverage|juice|coffee|\btea\b|soda|water/i,
    shelfLifeDays: 90,
    leadTimeDays: 2,
  },
  {
    name: "newspapers and magazines",
    category: "daily",
    words: /新聞|雑誌|magazine|newspaper/i,
    shelfLifeDays: 2,
    leadTimeDays: 1,
  },
  {
    name: "daily goods",
    category: "daily",
    words:
      /日用|雑貨|文具|衣料|化粧|洗剤|たばこ|タバコ|煙草|フライパン|household|stationery|tobacco|cosmetic|cleaning|toy|gift|clothing/i,
    shelfLifeDays: 365,
    leadTimeDays: 2,
  },
  {
    name: "frozen food",
    category: "food",
    words: /冷凍|frozen/i,
    shelfLifeDays: 180,
    leadTimeDays: 2,
  },
  {
    name: "food that keeps",
    category: "food",
    words:
      /缶詰|レトルト|カップ麺|即席|インスタント|調味料|乾物|乾麺|加工食品|canned|instant|cereal|seasoning|grocer|preserved/i,
    shelfLifeDays: 90,
    leadTimeDays: 2,
  },
  {
    name: "meals",
    category: "food",
    words:
      /弁当|おにぎり|寿司|飯|惣菜|総菜|サラダ|サンド|定食|丼|カレー(?!パン)|ラーメン|うどん|そば|deli\b|salad|pizza|sandwich|meal|bento|sushi|soup|curry|burger/i,
    shelfLifeDays: 2,
    leadTimeDays: 1,
  },
  {
    name: "bread",
    category: "food",
    words: /パン(?!ツ|ティ|プキン|ダ)|ベーカリー|bread|baker|baguette|croissant|\bbuns?\b|brioche|pastr/i,
    shelfLifeDays: 3,
    leadTimeDays: 1,
  },
  {
    name: "meat and fish",
    category: "food",
    words:
      /肉|魚|刺身|水産|meat|fish|seafood|poultry|beef|pork|lamb|chicken|steak|shrimp|prawn|calamari|salmon|sausage/i,
    shelfLifeDays: 3,
    leadTimeDays: 1,
  },
  {
    name: "vegetables and fruit",
    category: "food",
    words: /野菜|果物|青果|produce|vegetable|fruit/i,
    shelfLifeDays: 4,
    leadTimeDays: 1,
  },
  {
    name: "dairy, eggs and tofu",
    category: "food",
    words: /卵|乳|豆腐|納豆|チーズ|ヨーグルト|日配|dairy|egg|milk|cheese|yogh?urt|tofu/i,
    shelfLifeDays: 7,
    leadTimeDays: 1,
  },
  {
    name: "noodles",
    category: "food",
    words: /麺|noodle/i,
    shelfLifeDays: 5,
    leadTimeDays: 1,
  },
  { name: "food", category: "food", words: /食|food/i, shelfLifeDays: 3, leadTimeDays: 1 },
];

/** The kind that a name tells of. */
export function kindOf(text: string): ItemKind | undefined {
  const plain = text.normalize("NFKC");
  return ITEM_KINDS.find(({ words }) => words.test(plain));
}

/** What is assumed of a whole group, where no name tells more. */
export const GROUP_KINDS: Readonly<Record<Category, Omit<ItemKind, "words">>> = {
  drinks: { name: "drinks", category: "drinks", shelfLifeDays: 90, leadTimeDays: 2 },
  food: { name: "food", category: "food", shelfLifeDays: 3, leadTimeDays: 1 },
  daily: { name: "daily goods", category: "daily", shelfLifeDays: 365, leadTimeDays: 2 },
  confectionery: { name: "confectionery", category: "confectionery", shelfLifeDays: 90, leadTimeDays: 2 },
};
