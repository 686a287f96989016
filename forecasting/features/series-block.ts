/** The history of one block: series one after another, each a run of consecutive days up to the cutoff at most. */
export interface SeriesBlock {
  readonly seriesCount: number;
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  /** Day number of each series' first row. */
  readonly firstDays: Int32Array;
  /** Series s has the rows offsets[s] to offsets[s + 1] - 1. */
  readonly offsets: Int32Array;
  /** Per row: 2 x units + 1 if promoted, where units is -1 when the day was not observed. */
  readonly packed: Int32Array;
}

/** Builds a block from rows that arrive sorted by store, SKU and day; rejects rows out of order and gaps. */
export class SeriesBlockBuilder {
  private readonly storeIds: number[] = [];
  private readonly skuIds: number[] = [];
  private readonly firstDays: number[] = [];
  private readonly offsets: number[] = [];
  private packed: Int32Array;
  private rowCount = 0;
  private store = -1;
  private sku = -1;
  private day = 0;

  public constructor(expectedRows: number) {
    this.packed = new Int32Array(Math.max(16, expectedRows));
  }

  public add(
    stores: Int32Array,
    skus: Int32Array,
    days: Int32Array,
    packed: Int32Array,
    count: number,
  ): void {
    if (this.rowCount + count > this.packed.length) this.grow(this.rowCount + count);
    for (let i = 0; i < count; i++) {
      const store = stores[i] as number;
      const sku = skus[i] as number;
      const day = days[i] as number;
      if (store !== this.store || sku !== this.sku) this.startSeries(store, sku, day, this.rowCount + i);
      else if (day !== this.day + 1) throw new Error(notDense(store, sku, this.day, day));
      this.day = day;
    }
    this.packed.set(packed.subarray(0, count), this.rowCount);
    this.rowCount += count;
  }

  public finish(): SeriesBlock {
    return {
      seriesCount: this.storeIds.length,
      storeIds: Int32Array.from(this.storeIds),
      skuIds: Int32Array.from(this.skuIds),
      firstDays: Int32Array.from(this.firstDays),
      offsets: Int32Array.from([...this.offsets, this.rowCount]),
      packed: this.packed.subarray(0, this.rowCount),
    };
  }

  private startSeries(store: number, sku: number, day: number, row: number): void {
    const isSorted = store > this.store || (store === this.store && sku > this.sku);
    if (!isSorted)
      throw new Error(`store ${store}, SKU ${sku} comes after store ${this.store}, SKU ${this.sku}`);
    this.store = store;
    this.sku = sku;
    this.storeIds.push(store);
    this.skuIds.push(sku);
    this.firstDays.push(day);
    this.offsets.push(row);
  }

  private grow(needed: number): void {
    const larger = new Int32Array(Math.max(needed, Math.ceil(this.packed.length * 1.5)));
    larger.set(this.packed.subarray(0, this.rowCount));
    this.packed = larger;
  }
}

function notDense(store: number, sku: number, before: number, day: number): string {
  const steps = day - before;
  return `store ${store}, SKU ${sku}: ${steps} days from one row to the next, expected 1; the lake must be dense`;
}
