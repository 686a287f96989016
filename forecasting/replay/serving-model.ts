import { CATEGORIES } from "../../contracts/categories";
import { weekdayOf } from "../calendar/day";
import { LOCATION_TYPES } from "../lake/schema";
import { type SalesMatrix, UNKNOWN_UNITS } from "./sales-matrix";

/**
 * A forecaster as one serves that was trained before the replay began. From its training it knows what calendar, weather
 * and planned offers do; the level of every series follows its sales. What it has not seen it does not know: SKUs launched
 * later, offers that nobody planned, other habits. Each of the monitor's actions gives it exactly one of these.
 */
export class ServingModel {
  /** Decayed sums of units and of what the days were worth, per series and per SKU. */
  private readonly units: Float64Array;
  private readonly weights: Float64Array;
  private readonly skuUnits: Float64Array;
  private readonly skuWeights: Float64Array;
  /** Correction of each location, category and weekday: 1 until a retraining measures it. */
  private readonly corrections: Float64Array;
  /** Sold to forecast since the last retraining, for the next one: units and forecasts side by side. */
  private readonly residuals: Float64Array;
  private readonly hasColdStart = new Uint8Array(CATEGORIES.length);
  private readonly knowsSale = new Uint8Array(CATEGORIES.length);
  /** Sold and forecast units on days of an offer that the model was told of. */
  private readonly promoted = new Float64Array(2 * CATEGORIES.length);
  private readonly storeFactor: Float32Array;
  private readonly skuKnown: Float32Array;
  private readonly skuActual: Float32Array;

  constructor(
    private readonly sales: SalesMatrix,
    /** Position of the first day that the training has not seen. */
    private readonly trainedTo: number,
  ) {
    const { stores, products, storeFactors, promotions } = sales.world;
    this.units = new Float64Array(stores.length * products.length);
    this.weights = new Float64Array(stores.length * products.length);
    this.skuUnits = new Float64Array(products.length);
    this.skuWeights = new Float64Array(products.length);
    this.corrections = new Float64Array(LOCATION_TYPES.length * CATEGORIES.length * 7).fill(1);
    this.residuals = new Float64Array(2 * this.corrections.length);
    this.storeFactor = storeFactors.logKnown.map(Math.exp);
    this.skuKnown = promotions.logKnown.map(Math.exp);
    this.skuActual = promotions.logActual.map(Math.exp);
  }

  /** New SKUs of a category are forecast like similar ones until their first days are known. */
  public useColdStart(category: number): void {
    this.hasColdStart[category] = 1;
  }

  /** Offers that run are put into the forecast, with the response that the last days have shown. */
  public usePromotions(category: number): void {
    this.knowsSale[category] = 1;
  }

  /** Learns the weekdays of a category anew from what it has missed lately. */
  public retrain(category: number): void {
    for (const slot of this.slotsOf(category)) {
      const [sold, forecast] = [this.residuals[2 * slot]!, this.residuals[2 * slot + 1]!];
      if (forecast > 0) this.corrections[slot]! *= sold / forecast;
      this.residuals.fill(0, 2 * slot, 2 * slot + 2);
    }
  }

  /** Forecast of one store and SKU for a day, from what the last call of `learn` left. */
  public forecast(store: number, sku: number, day: number): number {
    const { world } = this.sales;
    const { category } = world.products[sku]!;
    const level = this.levelOf(store, sku, category, day);
    return level * this.worth(store, category, day, this.promotionFactor(sku, category, day));
  }

  private levelOf(store: number, sku: number, category: number, day: number): number {
    const { products, days } = this.sales.world;
    const product = products[sku]!;
    const series = store * products.length + sku;
    const age = days.firstDay + day - product.launchedOn;
    const isUnknown = product.launchedOn - days.firstDay >= this.trainedTo;
    if (isUnknown && age < UNKNOWN_DAYS && !this.hasColdStart[category]) return this.usualLevel[category]!;
    const usual = this.usualLevel[category]!;
    const rate = (this.skuUnits[sku]! + ANALOGUE_WEIGHT * usual) / (this.skuWeights[sku]! + ANALOGUE_WEIGHT);
    return (this.units[series]! + PRIOR_WEIGHT * rate) / (this.weights[series]! + PRIOR_WEIGHT);
  }

  /** Mean level of a category's SKUs: what stands in for one that is not known. */
  private readonly usualLevel = new Float64Array(CATEGORIES.length);

  private promotionFactor(sku: number, category: number, day: number): number {
    const { promotions, days } = this.sales.world;
    const at = sku * days.knownDayCount + day;
    const isUnplanned = promotions.actualType[at] !== 0 && promotions.plannedType[at] === 0;
    if (!isUnplanned || !this.knowsSale[category]) return this.skuKnown[at]!;
    const [sold, forecast] = [this.promoted[2 * category]!, this.promoted[2 * category + 1]!];
    return this.skuActual[at]! * (forecast > 0 ? sold / forecast : 1);
  }

  private worth(store: number, category: number, day: number, promotion: number): number {
    const { days } = this.sales.world;
    const factor = this.storeFactor[(store * CATEGORIES.length + category) * days.knownDayCount + day]!;
    return factor * this.corrections[this.slotOf(store, category, day)]! * promotion;
  }

  /** All weekdays of a category in all locations. */
  private slotsOf(category: number): number[] {
    return [...this.corrections.keys()].filter(
      (slot) => Math.floor(slot / 7) % CATEGORIES.length === category,
    );
  }

  private slotOf(store: number, category: number, day: number): number {
    const { stores, days } = this.sales.world;
    const row = stores[store]!.locationType * CATEGORIES.length + category;
    return row * 7 + weekdayOf(days.firstDay + day) - 1;
  }

  /**
   * Takes in the sales of one day; days come one after the other.
   *
   * @param isUnread of stores whose files of the day are missing
   */
  public learn(day: number, isUnread: (store: number) => boolean = () => false): void {
    const { world, units, dayCount } = this.sales;
    for (const sums of [this.skuUnits, this.skuWeights, this.units, this.weights]) decay(sums, MEMORY);
    decay(this.residuals, RESIDUAL_MEMORY);
    decay(this.promoted, RESIDUAL_MEMORY);
    for (let store = 0; store < world.stores.length; store++) {
      if (isUnread(store)) continue;
      for (let sku = 0; sku < world.products.length; sku++) {
        const series = store * world.products.length + sku;
        const sold = units[series * dayCount + day]!;
        if (sold !== UNKNOWN_UNITS) this.learnCell(store, sku, day, sold);
      }
    }
    this.measureUsualLevels();
  }

  private learnCell(store: number, sku: number, day: number, sold: number): void {
    const { products, promotions, days } = this.sales.world;
    const { category } = products[sku]!;
    const series = store * products.length + sku;
    const at = sku * days.knownDayCount + day;
    const worth = this.worth(store, category, day, this.skuActual[at]!);
    const expected = this.levelOf(store, sku, category, day) * worth;
    const slot = this.slotOf(store, category, day);
    if (promotions.actualType[at] === 0) {
      this.residuals[2 * slot]! += sold;
      this.residuals[2 * slot + 1]! += expected;
    } else {
      this.promoted[2 * category]! += sold;
      this.promoted[2 * category + 1]! += expected;
    }
    this.units[series]! += sold;
    this.weights[series]! += worth;
    this.skuUnits[sku]! += sold;
    this.skuWeights[sku]! += worth;
  }

  /** From the SKUs that the training knew: those that came later do not change what is usual. */
  private measureUsualLevels(): void {
    const { products, days } = this.sales.world;
    const [sums, counts] = [new Float64Array(CATEGORIES.length), new Float64Array(CATEGORIES.length)];
    products.forEach(({ category, launchedOn }, sku) => {
      if (launchedOn - days.firstDay >= this.trainedTo || !(this.skuWeights[sku]! > 0)) return;
      sums[category]! += this.skuUnits[sku]! / this.skuWeights[sku]!;
      counts[category]!++;
    });
    sums.forEach(
      (sum, category) => (this.usualLevel[category] = counts[category]! > 0 ? sum / counts[category]! : 0),
    );
  }
}

/** Days from which a SKU that the training has not seen is forecast from its own sales without the cold-start path. */
const UNKNOWN_DAYS = 28;
/** Weight of a day against the next one: a level remembers about a month, what was missed about two weeks. */
const MEMORY = 0.97;
const RESIDUAL_MEMORY = 0.93;
/** Days of its SKU's rate in the chain that a series' level counts as, and days of one store of a similar SKU in that rate. */
const PRIOR_WEIGHT = 6;
const ANALOGUE_WEIGHT = 4;

function decay(sums: Float64Array, factor: number): void {
  for (let i = 0; i < sums.length; i++) sums[i]! *= factor;
}
