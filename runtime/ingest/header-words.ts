/**
 * Headers that people put together from a few words: Net Qty, SoldQty, Trans Date, 売上個数, 販売数量計. Compared after
 * `plainName`, so that blanks, `_` and capitals do not count. Only words of sales are in the lists: a quantity that was
 * ordered, delivered, returned or is in stock must not be taken for one that was sold.
 */
const SALE = "sales?|sold|sell|selling|pos|net|total|sum|daily|actual|trans|transaction|txn";
const SALE_JA = "販売|売上げ?|売れた?|売り?|出|実績|純|総|合計|ウリアゲ|ハンバイ";
const DEAL =
  "trans|transaction|txn|trx|tran|sales?|sold|order|ordered|purchase|business|biz|invoice|receipt|bill|billing|ticket|posting|trading|operation|calendar|report|check|checkout|closing|local|pos|visit";
const DEAL_JA =
  "販売|売上げ?|売り?上げ?|売れた?|営業|取引|計上|会計|伝票|精算|レシート|処理|利用|来店|お?買上げ?|購入|対象|集計|実績|注文|ハンバイ|ウリアゲ|トリヒキ";
const THING =
  "item|product|prod|article|art|menu|goods|merchandise|sku|material|dish|plu|jan|ean|upc|gtin|barcode";
const THING_JA =
  "商品|品目|単品|アイテム|メニュー|製品|品|品物|料理|銘柄|jan|ean|バーコード|plu|sku|ショウヒン|ヒンモク|タンピン";
const NUMBER = "code|cd|id|no|num|number|nbr|key|sku";
const NUMBER_JA = "管理番号|コード|cd|id|no|番号|番|キー|code|ナンバー";
const PLACE = "store|shop|branch|outlet|site|restaurant";
const PLACE_JA = "店舗|店|支店|ショップ|拠点|事業所|テンポ";

const words = (pattern: string): RegExp => new RegExp(`^${pattern}$`, "u");

/** By column of a file of sales, better forms first. */
export const COMPOSED = {
  quantity: [
    words(
      `(?:${SALE}|line(?=item)|item|product|unit)*(?:qty|quantity|quantities|units|pieces|pcs)(?:${SALE}|of|items)*`,
    ),
    words(`(?:items|pieces|count|(?:no|num|number|count)of(?:items|units|pieces)?)(?:${SALE})`),
    words(`(?:${SALE})(?:count|number|num|volume)`),
    words("(?:item|product|goods)s?(?:cnt|count)(?:day|daily)?"),
    words("(?!date|day|time|price|amount|value|total|avg|not|volume|weight|lit|gal|kilo)[a-z]+sold"),
    words(
      `(?:お?買上げ?|${SALE_JA})*(?:数量|個数|点数|枚数|本数|食数|杯数|皿数|スウリョウ|コスウ|テンスウ)(?:の?(?:合計|計))?`,
    ),
    words(`(?:お?買上げ?|${SALE_JA})+(?:商品)?数(?:の?(?:合計|計))?`),
  ],
  day: [
    words(`(?:${DEAL})*(?:date|day|dt|datetime|timestamp|ymd)(?:time|${DEAL}|of|ymd)*`),
    words("date(?:of|sold|id|key)*"),
    words(`(?:${DEAL_JA})*(?:年月日|日付け?|日にち|日時|日付時刻|ヒヅケ|年月日時)`),
    words(`(?:${DEAL_JA})+日(?:付|時)?`),
  ],
  skuCode: [
    // A web shop's export has a line's own columns beside the order's.
    words("(?:line|variant|sold)(?:item|product)?(?:sku|barcode|gtin)"),
    words(`(?:${THING})+(?:${NUMBER})+`),
    words(`(?:${THING_JA})+(?:${NUMBER_JA})+`),
  ],
  sku: [
    words("line(?:item|product)(?:name|title|description)"),
    words(`(?:${THING})+(?:name|nm|description|desc|title)?`),
    words(`(?:${THING_JA})+(?:名称?|名前|メイ|メイショウ)?`),
  ],
  store: [
    words(`(?:${PLACE})+(?:${NUMBER})*`),
    words(`(?:${PLACE_JA})+(?:${NUMBER_JA})*`),
    words(`(?:${PLACE})+(?:name|nm)`),
    words(`(?:${PLACE_JA})+(?:名称?|メイ)`),
    words(`[a-z]+(?:store|shop|outlet|branch)(?:${NUMBER})`),
  ],
  price: [
    words(
      "(?:unit|each|line(?=item)|item|product|retail|selling|sales?|sold|net|gross)+price(?:each|ea|per|unit|perunit|yen|jpy|gbp|usd|eur)*",
    ),
    words("price(?:each|ea|per|unit|perunit|peritem|yen|jpy|gbp|usd|eur)+"),
    words(`(?:税込み?|税抜き?|${SALE_JA}|商品)*(?:単価|売価|価格|タンカ|バイカ)`),
  ],
  amount: [
    words(
      "(?:ext|extended|line|total|sum|gross|net|sales?|row|extd|txn|transaction)+(?:price|amount|amt|value|revenue|sales?|total)",
    ),
    words("(?:amt|amount|revenue|turnover)(?:total|sum|net|gross|yen|jpy|gbp|usd|eur)*"),
    words(`(?:税込み?|税抜き?|${SALE_JA})*(?:金額|高|額|キンガク)(?:計|合計)?`),
  ],
  name: [
    words("line(?:item|product)(?:name|title)"),
    words(`(?:${THING})(?:name|nm|description|desc|title)`),
    words(`(?:${THING_JA})(?:名称?|メイ)`),
  ],
  category: [
    words(
      "(?:item|product|menu|goods|main|sub)?(?:category|cat|department|dept|class|group)(?:name|code|cd|nm)?",
    ),
    words("(?:商品|メニュー)?(?:大|中|小)?(?:部門|分類|カテゴリー?|グループ)(?:名称?)?"),
  ],
} as const satisfies Record<string, readonly RegExp[]>;
