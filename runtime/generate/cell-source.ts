import { DAILY, TRUTH, type LakeTable } from "../../forecasting/lake/schema";
import { fillSeries, newSeriesDays, type SeriesDays } from "../../forecasting/generator/demand";
import type { World } from "../../forecasting/generator/world";
import { SOURCE_ROWS, type ColumnSource, type SourceType } from "../engine/duckdb/source";

/** The stores (positions) that the next scan of a source delivers; `next` walks them store by store, SKU by SKU. */
interface CellCursor {
  start(firstStore: number, storeCount: number): void;
  /** Rows delivered since `start`. */
  readonly rowCount: number;
}

export interface CellSource {
  readonly source: ColumnSource;
  readonly cursor: CellCursor;
}

type CopyRows = (series: SeriesDays, from: number, at: number, count: number, skuIndex: number) => void;

/** Sales of a world as a table function. */
export function dailySource(world: World, name: string): CellSource {
  const units = new Int32Array(SOURCE_ROWS);
  const price = new Int32Array(SOURCE_ROWS);
  const discount = new Float32Array(SOURCE_ROWS);
  const promotion = new Int8Array(SOURCE_ROWS);
  const stockedOut = new Uint8Array(SOURCE_ROWS);
  const closed = new Uint8Array(SOURCE_ROWS);
  const { actualDiscount, actualType } = world.promotions;
  const copy: CopyRows = (series, from, at, count, sku) => {
    units.set(series.units.subarray(from, from + count), at);
    stockedOut.set(series.isStockedOut.subarray(from, from + count), at);
    closed.set(series.isClosed.subarray(from, from + count), at);
    const first = sku * world.days.knownDayCount + series.firstIndex + from;
    discount.set(actualDiscount.subarray(first, first + count), at);
    promotion.set(actualType.subarray(first, first + count), at);
    price.fill(world.products[sku]?.priceYen ?? 0, at, at + count);
  };
  const own = [units, price, discount, promotion, stockedOut, closed];
  return cellSource(world, name, DAILY, false, own, copy);
}

/** What a perfect forecast would have known of the same cells, and of the days after the cutoff. */
export function truthSource(world: World, name: string): CellSource {
  const known = new Float32Array(SOURCE_ROWS);
  const actual = new Float32Array(SOURCE_ROWS);
  const demand = new Int32Array(SOURCE_ROWS);
  const copy: CopyRows = (series, from, at, count) => {
    known.set(series.meanKnown.subarray(from, from + count), at);
    actual.set(series.meanActual.subarray(from, from + count), at);
    demand.set(series.demand.subarray(from, from + count), at);
  };
  return cellSource(world, name, TRUTH, true, [known, actual, demand], copy);
}

function cellSource(
  world: World,
  name: string,
  table: LakeTable,
  withMeans: boolean,
  own: ColumnSource["buffers"],
  copy: CopyRows,
): CellSource {
  const scan = new CellScan(world, withMeans, copy);
  const columns = table.columns.map((column) => ({ name: column.name, type: column.type as SourceType }));
  const buffers = [scan.stores, scan.skus, scan.days, ...own];
  return { source: { name, columns, buffers, next: () => scan.next() }, cursor: scan };
}

/** Walks stores, SKUs and days in order and fills the keys; `copy` fills the other columns of the same rows. */
class CellScan implements CellCursor {
  public readonly stores = new Int32Array(SOURCE_ROWS);
  public readonly skus = new Int32Array(SOURCE_ROWS);
  public readonly days = new Int32Array(SOURCE_ROWS);
  public rowCount = 0;
  private readonly series: SeriesDays;
  /** The series that comes next, and the first store that is not walked. */
  private store = 0;
  private sku = 0;
  private endStore = 0;
  /** The series in work, and how many of its days have been delivered. */
  private current = { store: 0, sku: 0 };
  private taken = 0;

  public constructor(
    private readonly world: World,
    private readonly withMeans: boolean,
    private readonly copy: CopyRows,
  ) {
    this.series = newSeriesDays(world.days.knownDayCount);
  }

  public start(firstStore: number, storeCount: number): void {
    this.store = firstStore;
    this.sku = 0;
    this.endStore = firstStore + storeCount;
    this.taken = 0;
    this.rowCount = 0;
    this.series.length = 0;
  }

  public next(): number {
    const { series, stores, skus, days } = this;
    let at = 0;
    while (at < SOURCE_ROWS) {
      if (this.taken >= series.length && !this.nextSeries()) break;
      const count = Math.min(series.length - this.taken, SOURCE_ROWS - at);
      stores.fill(this.current.store + 1, at, at + count);
      skus.fill(this.current.sku + 1, at, at + count);
      const day = this.world.days.firstDay + series.firstIndex + this.taken;
      for (let i = 0; i < count; i++) days[at + i] = day + i;
      this.copy(series, this.taken, at, count, this.current.sku);
      this.taken += count;
      at += count;
    }
    this.rowCount += at;
    return at;
  }

  private nextSeries(): boolean {
    while (this.store < this.endStore) {
      const { store, sku } = this;
      this.sku += 1;
      if (this.sku === this.world.products.length) {
        this.sku = 0;
        this.store += 1;
      }
      fillSeries(this.world, store, sku, this.series, this.withMeans);
      this.taken = 0;
      this.current = { store, sku };
      if (this.series.length > 0) return true;
    }
    return false;
  }
}
