/** People or orders: what a file without items counts. */
export const COUNTS =
  /^(?:(?:no|num|number|total)(?:of)?)?(?:visitors?|guests?|customers?|covers|patrons|meals|passengers|orders|footfall|pax)(?:count|no|num|number)?$|^(?:来客数?|客数|来店客?数|利用者数|利用客数|注文数|食数|来場者数)$/u;
/** Money or units: nobody knows which. */
export const SALES =
  /^(?:unit|daily|weekly|monthly|total|net|gross|item)?sales?$|^(?:売上|販売|売り上げ|umsatz|umsaetze|umsätze|ventes?|ventas?|vendite|vendas|销售|판매)$|^(?:sales?|売上)(?:amount|amt|高|額|金額)$|^revenue$|^turnover$/u;
/** What forecasters call the figure that they look for. */
export const TARGET = /^(?:y|target|cnt|value|demand)$/;
/** Groups of items: taken for the items where nothing finer is there. */
export const GROUP =
  /^(?:(?:items?|products?|goods|merchandise|menu|food)(?:category|categories|cat|line|family|type|group|class|segment|kind)|category|categories|family|department|dept|division)(?:name|id|no|nbr|number|code|cd)?$|^(?:warengruppe|kategorie|cat[ée]gorie|rayon|部門|分類|カテゴリー?|品種|商品区分)(?:名|コード|番号)?$/u;
