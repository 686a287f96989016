import type { Category } from "../../contracts/categories";
import { CLIENTELES, LOCATION_TYPES, PROMOTION_TYPES } from "../../forecasting/lake/schema";
import { parseDate } from "../../forecasting/calendar/parse-date";
import { matchCategory } from "./categories";
import type { IngestConfig } from "./config";
import { numberProblem, parseNumber } from "./number-text";
import type { Quarantine } from "./quarantine";
import type { TextRow } from "./small-table";
import { plainName } from "./tables";

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
  /** As the chain calls it; "" when no master says. */
  readonly categoryName: string;
  /** False when the category is "other": its name said nothing that is known. */
  readonly isCategoryKnown: boolean;
  /** Undefined when the master has none: then the sales tell. */
  readonly price: number | undefined;
  readonly cost: number | undefined;
  /** Day number, undefined when the master does not tell. */
  readonly launchedOn: number | undefined;
  /** Undefined when the master does not tell, as the two after it. */
  readonly shelfLifeDays: number | undefined;
  readonly packSize: number | undefined;
  readonly leadTimeDays: number | undefined;
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
const DEFAULT_LOCATION = "residential";
const DEFAULT_CLIENTELE = "families";
const DEFAULT_COST_SHARE = 0.65;

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
  const code = values.sku ?? "";
  const texts = { category: values.category ?? "", name: values.name ?? "" };
  const numbers: Record<string, number | undefined> = {};
  for (const name of ["price", "cost", "shelfLife", "pack", "leadTime", "display"]) {
    const text = values[name] ?? "";
    if (text === "") continue;
    const value = parseNumber(text.replace(/\s*(?:日|days?)$/iu, ""), config.decimal);
    if (value !== undefined && value >= 0) numbers[name] = value;
    else {
      quarantine.reject(
        row.file,
        row.line,
        `${name} is not a number from 0 up`,
        numberProblem(text),
        row.raw,
      );
      return undefined;
    }
  }
  const whole = (name: string) =>
    numbers[name] === undefined ? undefined : Math.max(1, Math.round(numbers[name]));
  return {
    ...soldProduct(code, texts, config),
    price: numbers.price || undefined,
    cost: numbers.cost,
    launchedOn: parseDate(values.launched ?? "", { timeZone: config.timeZone }),
    shelfLifeDays: whole("shelfLife"),
    packSize: whole("pack"),
    leadTimeDays: whole("leadTime"),
    minimumDisplay: whole("display") ?? 1,
  };
}

/** What a file of sales or a master calls an item. */
export interface ItemTexts {
  readonly category: string;
  readonly name: string;
}

/** What a product is when only its sales, and what they call it, are known. */
export function soldProduct(
  code: string,
  texts: ItemTexts | undefined,
  config: Pick<IngestConfig, "categories">,
): ProductMaster {
  const categoryName = texts?.category ?? "";
  const { category, isKnown } = matchCategory(categoryName, config.categories);
  return {
    code,
    name: texts?.name || code,
    category,
    categoryName,
    isCategoryKnown: isKnown,
    price: undefined,
    cost: undefined,
    launchedOn: undefined,
    shelfLifeDays: undefined,
    packSize: undefined,
    leadTimeDays: undefined,
    minimumDisplay: 1,
  };
}

/** A purchase cost where none is known; whole in a currency without decimals. */
export function defaultCost(price: number, currency: string): number {
  const cost = price * DEFAULT_COST_SHARE;
  return currency === "JPY" ? Math.round(cost) : Math.round(cost * 100) / 100;
}

/** A temperature, or undefined; with or without its unit. */
export function degrees(text: string): number | undefined {
  return parseNumber(text.replace(/\s*(?:℃|°C|度|C)$/u, ""), "point");
}

/** Position of a promotion in PROMOTION_TYPES, by number or by name; a price cut when the file does not say. */
export function promotionType(text: string | undefined): number {
  const number = parseNumber(text ?? "");
  if (number !== undefined && Number.isInteger(number) && number > 0 && number < PROMOTION_TYPES.length)
    return number;
  const named = PROMOTION_TYPES.findIndex((name) => plainName(name) === plainName(text ?? ""));
  return named > 0 ? named : 1;
}
