import { CATEGORIES, type Category } from "../../contracts/categories";
import { CLIENTELES, LOCATION_TYPES, PROMOTION_TYPES } from "../../forecasting/lake/schema";
import { parseDate } from "../../forecasting/calendar/parse-date";
import type { IngestConfig } from "./config";
import type { Quarantine } from "./quarantine";
import { integer } from "./sales-row";
import type { TextRow } from "./small-table";
import { CATEGORY_ALIASES, plainName } from "./tables";

export interface StoreMaster {
  readonly code: string;
  readonly name: string;
  readonly area: string;
  readonly locationType: string;
  readonly clientele: string;
}

export interface ProductMaster {
  readonly code: string;
  readonly name: string;
  readonly category: Category;
  readonly priceYen: number;
  readonly costYen: number;
  /** Day number, undefined when the master does not tell. */
  readonly launchedOn: number | undefined;
  readonly shelfLifeDays: number;
  readonly packSize: number;
  readonly leadTimeDays: number;
  readonly minimumDisplay: number;
}

const JAPANESE_CHOICES: Readonly<Record<string, string>> = {
  オフィス: "office",
  住宅: "residential",
  住宅地: "residential",
  駅: "station",
  駅前: "station",
  ロードサイド: "roadside",
  郊外: "roadside",
  観光: "tourist",
  観光地: "tourist",
  会社員: "workers",
  学生: "students",
  家族: "families",
  ファミリー: "families",
  高齢者: "seniors",
  シニア: "seniors",
  観光客: "travellers",
};

/** What a store or a product is taken for when no file says. */
export const DEFAULT_LOCATION = "residential";
export const DEFAULT_CLIENTELE = "families";
export const DEFAULT_COST_SHARE = 0.65;
const DEFAULT_SHELF_LIFE_DAYS: Readonly<Record<Category, number>> = {
  drinks: 90,
  food: 2,
  daily: 365,
  confectionery: 90,
};

export function storeMaster({ values }: TextRow): StoreMaster {
  return {
    code: values.store ?? "",
    name: values.name || (values.store ?? ""),
    area: values.area || "1",
    locationType: choice(values.location, LOCATION_TYPES) ?? DEFAULT_LOCATION,
    clientele: choice(values.clientele, CLIENTELES) ?? DEFAULT_CLIENTELE,
  };
}

function choice(text: string | undefined, allowed: readonly string[]): string | undefined {
  const plain = text === undefined ? "" : (JAPANESE_CHOICES[text] ?? plainName(text));
  return allowed.find((item) => item === plain);
}

/** A product, or undefined after its row has gone to the quarantine. */
export function productMaster(
  row: TextRow,
  config: IngestConfig,
  quarantine: Quarantine,
): ProductMaster | undefined {
  const { values } = row;
  const refuse = (kind: string, detail: string) => {
    quarantine.refuse(row.file, row.line, kind, detail, row.raw);
    return undefined;
  };
  const category = categoryOf(values.category ?? "", config);
  if (!category) return refuse("unknown category", `${values.category}; map it in the config's "categories"`);
  const priceYen = integer(values.price ?? "");
  if (priceYen === undefined || priceYen <= 0) return refuse("price is not positive", values.price ?? "");
  const whole = (text: string | undefined, otherwise: number) =>
    Math.max(1, integer(text ?? "") ?? otherwise);
  return {
    code: values.sku ?? "",
    name: values.name || (values.sku ?? ""),
    category,
    priceYen,
    costYen: integer(values.cost ?? "") ?? Math.round(priceYen * DEFAULT_COST_SHARE),
    launchedOn: parseDate(values.launched ?? ""),
    shelfLifeDays: whole(values.shelfLife, DEFAULT_SHELF_LIFE_DAYS[category]),
    packSize: whole(values.pack, 1),
    leadTimeDays: whole(values.leadTime, 1),
    minimumDisplay: whole(values.display, 1),
  };
}

function categoryOf(text: string, config: IngestConfig): Category | undefined {
  const named = config.categories[text] ?? CATEGORY_ALIASES[text.toLowerCase()];
  return CATEGORIES.find((category) => category === named);
}

/** What a product is when only its sales are known. */
export function unknownProduct(code: string, priceYen: number): ProductMaster {
  return {
    code,
    name: code,
    category: "food",
    priceYen,
    costYen: Math.round(priceYen * DEFAULT_COST_SHARE),
    launchedOn: undefined,
    shelfLifeDays: DEFAULT_SHELF_LIFE_DAYS.food,
    packSize: 1,
    leadTimeDays: 1,
    minimumDisplay: 1,
  };
}

/** A number with a point, or undefined. */
export function decimal(text: string | undefined): number | undefined {
  const plain = (text ?? "").replace(/[%℃°C\s]/g, "");
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** A share between 0 and 1, also written as a percentage above 1. */
export function share(text: string | undefined): number | undefined {
  const value = decimal(text);
  return value === undefined || value < 0 || value > 100 ? undefined : value > 1 ? value / 100 : value;
}

/** Position of a promotion in PROMOTION_TYPES, by number or by name; a price cut when the file does not say. */
export function promotionType(text: string | undefined): number {
  const number = integer(text ?? "");
  if (number !== undefined && number > 0 && number < PROMOTION_TYPES.length) return number;
  const named = PROMOTION_TYPES.findIndex((name) => plainName(name) === plainName(text ?? ""));
  return named > 0 ? named : 1;
}
