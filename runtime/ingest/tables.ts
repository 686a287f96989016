/** What people's files hold, and the column names by which each value is found when no config says otherwise. */
export interface InputColumn {
  readonly required: boolean;
  /** Accepted header names, compared after NFKC, lower case, without blanks, `_` and `-`. */
  readonly aliases: readonly string[];
}

export interface InputTable {
  /** Files whose name (without folder) matches belong to this table. */
  readonly files: RegExp;
  readonly columns: Readonly<Record<string, InputColumn>>;
}

function needed(...aliases: string[]): InputColumn {
  return { required: true, aliases };
}

function optional(...aliases: string[]): InputColumn {
  return { required: false, aliases };
}

const store = needed(
  "store",
  "store_code",
  "store_id",
  "shop",
  "店舗コード",
  "店舗番号",
  "店番",
  "店コード",
  "店舗",
);
const sku = needed(
  "sku",
  "sku_code",
  "sku_id",
  "jan",
  "item",
  "product",
  "商品コード",
  "janコード",
  "単品コード",
  "品番",
);
const day = needed(
  "date",
  "day",
  "business_date",
  "sold_at",
  "日付",
  "販売日",
  "売上日",
  "営業日",
  "年月日",
  "日時",
);

export const INPUT_TABLES = {
  transactions: {
    files: /^(pos|sales|transactions|売上|取引)/i,
    columns: {
      transaction: optional(
        "transaction",
        "transaction_id",
        "receipt",
        "伝票番号",
        "取引番号",
        "レシート番号",
      ),
      line: optional("line", "line_no", "行番号", "明細番号"),
      store,
      sku,
      date: day,
      quantity: needed("quantity", "qty", "units", "数量", "販売数", "点数", "売上数量"),
      price: needed("price", "unit_price", "price_yen", "単価", "売価", "販売単価"),
      listPrice: optional("list_price", "regular_price", "定価", "通常売価"),
    },
  },
  stores: {
    files: /^(stores?|shops?|店舗)/i,
    columns: {
      store,
      name: optional("name", "store_name", "店舗名", "店名"),
      area: optional("area", "area_code", "地域", "エリア", "地域コード"),
      location: optional("location_type", "location", "立地", "立地区分"),
      clientele: optional("clientele", "customers", "客層"),
    },
  },
  products: {
    files: /^(products?|items?|商品)/i,
    columns: {
      sku,
      name: optional("name", "product_name", "商品名", "品名"),
      category: needed("category", "カテゴリ", "カテゴリー", "分類", "部門"),
      price: needed("price", "price_yen", "list_price", "売価", "定価", "単価"),
      cost: optional("cost", "cost_yen", "原価", "仕入単価"),
      launched: optional("launched_on", "launch_date", "発売日", "取扱開始日"),
      shelfLife: optional("shelf_life_days", "shelf_life", "賞味期限日数", "消費期限日数"),
      pack: optional("pack_size", "pack", "入数", "発注単位"),
      leadTime: optional("lead_time_days", "lead_time", "リードタイム"),
      display: optional("minimum_display", "min_display", "最低陳列数", "最低陳列量"),
    },
  },
  weather: {
    files: /^(weather|天気|気象)/i,
    columns: {
      area: needed("area", "area_code", "地域", "エリア", "地域コード"),
      date: day,
      temperatureForecast: optional("temperature_forecast", "予報気温", "気温予報"),
      rainForecast: optional("rain_forecast", "降水確率"),
      temperatureActual: optional("temperature_actual", "temperature", "気温", "平均気温"),
      rainActual: optional("rain_actual", "rain", "雨", "降水"),
    },
  },
  events: {
    files: /^(events?|イベント|行事)/i,
    columns: {
      store,
      date: day,
      name: optional("name", "event", "名称", "イベント名"),
      size: optional("size", "規模"),
    },
  },
  promotions: {
    files: /^(promotions?|promo|販促|特売)/i,
    columns: {
      sku,
      date: day,
      type: optional("promo_type", "type", "種別", "販促種別"),
      discount: optional("discount_share", "discount", "値引率", "割引率"),
    },
  },
  stockouts: {
    files: /^(stock_?outs?|欠品)/i,
    columns: { store, sku, date: day },
  },
} as const satisfies Record<string, InputTable>;

export type InputTableName = keyof typeof INPUT_TABLES;

/** Category names of common masters. */
export const CATEGORY_ALIASES: Readonly<Record<string, string>> = {
  drinks: "drinks",
  drink: "drinks",
  beverage: "drinks",
  beverages: "drinks",
  飲料: "drinks",
  ドリンク: "drinks",
  酒類: "drinks",
  food: "food",
  foods: "food",
  食品: "food",
  弁当: "food",
  米飯: "food",
  惣菜: "food",
  パン: "food",
  麺類: "food",
  daily: "daily",
  "daily goods": "daily",
  日用品: "daily",
  雑貨: "daily",
  生活用品: "daily",
  confectionery: "confectionery",
  sweets: "confectionery",
  菓子: "confectionery",
  お菓子: "confectionery",
  スイーツ: "confectionery",
};

/** A header or a category name as it is compared. */
export function plainName(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, "");
}
