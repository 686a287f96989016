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
  const stores = new Int32Array(SOURCE_ROWS);
  const skus = new Int32Array(SOURCE_ROWS);
  const days = new Int32Array(SOURCE_ROWS);
  const series = newSeriesDays(world.days.knownDayCount);
  const state = { store: 0, sku: 0, endStore: 0, taken: 0, rowCount: 0 };

  const nextSeries = (): boolean => {
    while (state.store < state.endStore) {
      const { store, sku } = state;
      state.sku += 1;
      if (state.sku === world.products.length) {
        state.sku = 0;
        state.store += 1;
      }
      fillSeries(world, store, sku, series, withMeans);
      state.taken = 0;
      current.store = store;
      current.sku = sku;
      if (series.length > 0) return true;
    }
    return false;
  };
  const current = { store: 0, sku: 0 };
  const next = (): number => {
    let at = 0;
    while (at < SOURCE_ROWS) {
      if (state.taken >= series.length && !nextSeries()) break;
      const count = Math.min(series.length - state.taken, SOURCE_ROWS - at);
      stores.fill(current.store + 1, at, at + count);
      skus.fill(current.sku + 1, at, at + count);
      const day = world.days.firstDay + series.firstIndex + state.taken;
      for (let i = 0; i < count; i++) days[at + i] = day + i;
      copy(series, state.taken, at, count, current.sku);
      state.taken += count;
      at += count;
    }
    state.rowCount += at;
    return at;
  };
  const start = (firstStore: number, storeCount: number) => {
    Object.assign(state, {
      store: firstStore,
      sku: 0,
      endStore: firstStore + storeCount,
      taken: 0,
      rowCount: 0,
    });
    series.length = 0;
  };
  const columns = table.columns.map((column) => ({ name: column.name, type: column.type as SourceType }));
  return {
    source: { name, columns, buffers: [stores, skus, days, ...own], next },
    cursor: {
      start,
      get rowCount() {
        return state.rowCount;
      },
    },
  };
}
