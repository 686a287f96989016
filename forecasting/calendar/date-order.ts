import { possibleReadings, type DateOrder, type DateRules } from "./parse-date";
import type { DayNumber } from "./day";

const ORDERS: readonly DateOrder[] = ["ymd", "dmy", "mdy"];
const EARLIEST = 10_957; // 2000-01-01
/** A reading whose dates lie this much further back than another's is not meant: 26/01/05 is not of 2005. */
const FAR_DAYS = 5 * 366;

/** What one form of date (the year in full, or two digits of it) has shown. */
class FormEvidence {
  public count = 0;
  private readonly wrong: Record<DateOrder, number> = { ymd: 0, dmy: 0, mdy: 0 };
  private readonly latest: Record<DateOrder, DayNumber> = { ymd: -Infinity, dmy: -Infinity, mdy: -Infinity };

  public add(days: ReadonlyMap<DateOrder, DayNumber>, today: DayNumber): void {
    this.count += 1;
    for (const order of ORDERS) {
      const day = days.get(order);
      if (day === undefined || day > today || day < EARLIEST) this.wrong[order] += 1;
      else this.latest[order] = Math.max(this.latest[order], day);
    }
  }

  /** The only order that reads (nearly) all dates; undefined while two do, or none does. */
  public get order(): DateOrder | undefined {
    if (this.count === 0) return undefined;
    const fewest = Math.min(...ORDERS.map((order) => this.wrong[order]));
    const best = ORDERS.filter((order) => this.wrong[order] === fewest);
    const recent = Math.max(...best.map((order) => this.latest[order]));
    const left = best.filter((order) => this.latest[order] > recent - FAR_DAYS);
    return left.length === 1 && fewest * 10 <= this.count ? left[0] : undefined;
  }
}

/**
 * Collects what a column's dates say about their order. One 23/11/2026 settles that the day comes first; a reading that
 * gives days after today, or years in the past beside another that does not, is out.
 */
export class DateOrderEvidence {
  private readonly full = new FormEvidence();
  private readonly short = new FormEvidence();

  public constructor(private readonly today: DayNumber) {}

  public add(text: string): void {
    const readings = possibleReadings(text);
    if (readings) (readings.isShort ? this.short : this.full).add(readings.days, this.today);
  }

  /** Whether any date so far needs an order at all. */
  public get isNeeded(): boolean {
    return this.full.count + this.short.count > 0;
  }

  /** Whether more dates could tell more. */
  public get isClear(): boolean {
    return [this.full, this.short].every(({ count, order }) => count === 0 || order !== undefined);
  }

  public get rules(): Pick<DateRules, "order" | "shortOrder"> {
    const [order, shortOrder] = [this.full.order, this.short.order];
    return { ...(order ? { order } : {}), ...(shortOrder ? { shortOrder } : {}) };
  }
}
