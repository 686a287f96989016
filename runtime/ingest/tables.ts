import { COMPOSED } from "./header-words";

/** What people's files hold, and the column names by which each value is found when no config says otherwise. */
export interface InputColumn {
  readonly required: boolean;
  /** Accepted header names, best first; compared after NFKC, lower case, without blanks, `_`, `-`, `.` and brackets. */
  readonly aliases: readonly (string | RegExp)[];
  /** Names put together from known words, for headers that no alias is; see header-words.ts. */
  readonly composed?: readonly RegExp[];
}

export interface InputTable {
  /** Files whose name (without folder) matches belong to this table. */
  readonly files: RegExp;
  readonly columns: Readonly<Record<string, InputColumn>>;
}

function split(names: string): string[] {
  return names
    .split(/[|\n]/)
    .map((name) => name.trim())
    .filter(Boolean);
}

const needed = (
  names: string | readonly (string | RegExp)[],
  composed: readonly RegExp[] = [],
): InputColumn => ({ required: true, aliases: typeof names === "string" ? split(names) : names, composed });
const optional = (names: string, composed: readonly RegExp[] = []): InputColumn => ({
  required: false,
  aliases: split(names),
  composed,
});

const STORE = `store | store code | store id | store no | store number | store nbr | shop | shop code | shop id | branch | outlet | location
  | filiale | magasin | boutique | tienda | sucursal | negozio | loja | butikk | butik | winkel | filiaal | sklep | 门店 | 매장 | 店舗コード | 店舗番号 | 店舗CD | 店舗No | 店舗ID | 店番 | 店番号 | 店コード | 店CD | 店舗 | 店舗名 | 店名 | 店`;
const SKU_CODE = `sku | sku code | sku id | jan | jan code | ean | ean code | upc | gtin | barcode | plu | item code | item id | item no
  | item number | item nbr | product code | product id | stock code | article number | article no | article
  | 商品コード | JANコード | 単品コード | 商品CD | 商品番号 | 商品ID | 品番 | 品目コード | メニューコード`;
/** Where there is no code the name tells items apart. */
const SKU_NAME =
  "menu item | item | product | item name | product name | dish | artikel | produkt | produit | producto | artículo | prodotto | produto | vare | varenavn | vara | artikelnaam | 产品 | 상품 | 商品 | 品目 | 商品名 | 品名 | メニュー | メニュー名";
const SKU = [...split(SKU_CODE), ...COMPOSED.skuCode, ...split(SKU_NAME)];
const DAY = `date | day | business date | business day | sold at | sold on | sale date | sales date | transaction date | order date | invoice date | created at | ordered at | purchased at | purchase date
  | datetime | date time | timestamp | target date | 日付 | 販売日 | 売上日 | 営業日 | 年月日 | 売上年月日 | 販売年月日 | 取引日 | 計上日 | 伝票日付
  | datum | jour | fecha | giorno | dia | dato | data | data vendita | datum verkoop | 日期 | 날짜 | 日時 | 販売日時 | 売上日時 | 取引日時 | 会計日 | 対象日`;
const QUANTITY = `quantity | qty | units | unit sales | units sold | quantity sold | sold | count | demand | pieces | pcs
  | menge | anzahl | stück | quantité | quantite | cantidad | quantità | quantidade | antall | antal | aantal | ilość | 销量 | 수량 | 数量 | 販売数 | 販売数量 | 売上数 | 売上数量 | 点数 | 販売点数 | 売上点数 | 個数 | 販売個数 | 出数 | 売数`;
const PRICE = `price | unit price | price yen | sales price | selling price | preis | einzelpreis | prix | prix unitaire | precio | prezzo | preço | pris | prijs | cena | preço unitário | 单价 | 가격 | 単価 | 売価 | 販売単価 | 売上単価 | 販売価格 | 価格`;
/** "Name" beside a line's own name is the order's. */
const NAME =
  "line item name | line item title | name | product name | item name | description | 商品名 | 品名 | メニュー名";
const CATEGORY = `category name | category | family | department name | department | class | product category | item category | カテゴリ | カテゴリー | 分類 | 部門 | 部門名
  | 大分類 | 商品分類`;

export const INPUT_TABLES = {
  transactions: {
    files: /^(pos|sales|transactions?|receipts?|売上|取引|販売実績|レシート|ジャーナル)/i,
    columns: {
      transaction:
        optional(`transaction | transaction id | transaction no | receipt | receipt no | receipt id | receipt number | ticket number | ticket | order id | order no | order number
        | invoice | invoice id | invoice no | invoice number | bill no | bill number | 伝票番号 | 伝票No | 取引番号 | 取引No | レシート番号 | レシートNo | 会計番号 | 注文番号 | 注文ID`),
      line: optional("line | line no | line number | 行番号 | 明細番号 | 行No | 明細No | 行"),
      till: optional(
        "till | till no | register | register no | terminal | pos no | レジ番号 | レジNo | 端末番号 | POS番号",
      ),
      store: optional(STORE, COMPOSED.store),
      sku: needed(SKU, COMPOSED.sku),
      date: needed(DAY, COMPOSED.day),
      quantity: needed(QUANTITY, COMPOSED.quantity),
      price: optional(PRICE, COMPOSED.price),
      amount: optional(
        `amount | sales amount | total amount | money | line total | total price | total | revenue | turnover | net sales | sales | sale
        | betrag | gesamtpreis | umsatz | montant | importe | importo | valor | omsetning | omsætning | omzet | bedrag | beløb | belopp | kwota | 売上金額 | 販売金額 | 金額 | 売上高 | 売上額 | 売上`,
        COMPOSED.amount,
      ),
      listPrice: optional(
        "list price | regular price | original price | 定価 | 通常売価 | 通常価格 | 標準売価",
      ),
      category: optional(CATEGORY, COMPOSED.category),
      name: optional(NAME, COMPOSED.name),
      kind: optional(
        "receipt type | event type | behavior type | transaction type | sale or return | sales type | 売上区分 | 返品区分 | 販売区分 | 取引種別 | 取引区分 | event | action",
      ),
      status: optional("order status | item status | status | 状態 | ステータス | 注文ステータス"),
      cancelled: optional(
        "cancelled | canceled | is cancelled | is canceled | void | voided | is void | receipt status | 取消区分 | 取消 | 取消フラグ | キャンセル",
      ),
    },
  },
  stores: {
    files: /^(stores?|shops?|店舗)/i,
    columns: {
      store: needed(STORE, COMPOSED.store),
      name: optional("name | store name | shop name | 店舗名 | 店名"),
      area: optional("area | area code | region | 地域 | エリア | 地域コード"),
      location: optional("location type | location | 立地 | 立地区分"),
      clientele: optional("clientele | customers | 客層"),
    },
  },
  products: {
    files: /^(products?|items?|商品)/i,
    columns: {
      sku: needed(SKU, COMPOSED.sku),
      name: optional(NAME, COMPOSED.name),
      category: optional(CATEGORY, COMPOSED.category),
      price: optional(`${PRICE} | list price | 定価`),
      cost: optional("cost | cost yen | unit cost | purchase price | 原価 | 仕入単価 | 仕入価格"),
      launched: optional("launched on | launch date | release date | 発売日 | 取扱開始日"),
      shelfLife: optional("shelf life days | shelf life | 賞味期限日数 | 消費期限日数 | 販売期限日数"),
      pack: optional("pack size | pack | case size | 入数 | 発注単位"),
      leadTime: optional("lead time days | lead time | リードタイム"),
      display: optional("minimum display | min display | 最低陳列数 | 最低陳列量"),
    },
  },
  weather: {
    files: /^(weather|天気|天候|気象)/i,
    columns: {
      area: optional("area | area code | region | 地域 | エリア | 地域コード"),
      date: needed(DAY, COMPOSED.day),
      temperatureForecast: optional("temperature forecast | forecast temperature | 予報気温 | 気温予報"),
      rainForecast: optional("rain forecast | precipitation probability | 降水確率"),
      temperatureActual: optional("temperature actual | temperature | mean temperature | 気温 | 平均気温"),
      rainActual: optional("rain actual | rain | 雨 | 降水"),
    },
  },
  events: {
    files: /^(events?|イベント|行事)/i,
    columns: {
      store: optional(STORE, COMPOSED.store),
      date: needed(DAY, COMPOSED.day),
      name: optional("name | event | event name | 名称 | イベント名 | イベント"),
      size: optional("size | 規模"),
    },
  },
  promotions: {
    files: /^(promotions?|promo|販促|特売)/i,
    columns: {
      sku: needed(SKU, COMPOSED.sku),
      date: needed(DAY, COMPOSED.day),
      type: optional("promo type | promotion type | type | 種別 | 販促種別"),
      discount: optional(
        "discount share | discount | discount rate | 値引率 | 割引率 | 値引き率 | 値引 | 割引",
      ),
    },
  },
  stockouts: {
    files: /^(stock_?outs?|欠品)/i,
    columns: {
      store: optional(STORE, COMPOSED.store),
      sku: needed(SKU, COMPOSED.sku),
      date: needed(DAY, COMPOSED.day),
    },
  },
  stock: {
    files: /^(stock|inventory|在庫)/i,
    columns: {
      store: optional(STORE, COMPOSED.store),
      sku: needed(SKU, COMPOSED.sku),
      onHand: needed(
        "on hand | stock on hand | stock | inventory | quantity | qty | 在庫数 | 在庫 | 在庫数量 | 現在庫 | 手持在庫 | 数量",
      ),
      onOrder: optional("on order | ordered | 発注残 | 発注済 | 入荷予定 | 入荷予定数"),
    },
  },
} as const satisfies Record<string, InputTable>;

export type InputTableName = keyof typeof INPUT_TABLES;

/** A header or a category name as it is compared; what stands in brackets (a unit, a tax) says nothing about which it is. */
export function plainName(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]/g, "")
    .replace(/[\s_\-.・/:#"'’()[\]]/g, "");
}
